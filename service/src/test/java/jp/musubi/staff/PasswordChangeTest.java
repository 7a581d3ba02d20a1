package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("自分のパスワードの変更")
class PasswordChangeTest {
  private static final String NEXT = "白い梅の花と つる舞う形の群馬県";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  Door door;

  @BeforeEach
  void newBody() {
    door = new Door(web, TestBody.create(passwords.encode(TestBody.PASSWORD)));
  }

  @Test
  @DisplayName("変えると、この端末は続き、ほかの端末は終わり、メールと記録に残る")
  void keepsThisSessionAndEndsTheOthers() throws Exception {
    var here = door.session("hanako");
    var elsewhere = door.session("hanako");
    var answer =
        door.send(
                here,
                "/account/password",
                "present",
                TestBody.PASSWORD,
                "password",
                NEXT,
                "again",
                NEXT)
            .andExpect(redirectedUrl("/account?password"));
    var now = Door.cookie(answer);
    assertThat(now.getValue()).isNotEqualTo(here.getValue());
    door.open(now, "/account?password=")
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("パスワードを変えました")));
    door.open(elsewhere, "/account").andExpect(redirectedUrl("/signin"));
    door.open(here, "/account").andExpect(redirectedUrl("/signin"));
    door.signIn("hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
    door.signIn("hanako", NEXT).andExpect(redirectedUrl("/"));
    assertThat(door.letters("hanako@joumou.example"))
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("パスワードが変わりました").doesNotContain(NEXT));
    assertThat(door.acts()).contains("staff.password-changed");
  }

  @Test
  @DisplayName("いまのパスワードが違う、二つの欄が違う、弱い、同じものは断り、何も変わらない")
  void changesNothingWhenRefused() throws Exception {
    var here = door.session("hanako");
    refused(here, "wrong", NEXT, NEXT);
    refused(here, TestBody.PASSWORD, NEXT, NEXT + "。");
    refused(here, TestBody.PASSWORD, "Password2026!!", "Password2026!!");
    refused(here, TestBody.PASSWORD, TestBody.PASSWORD, TestBody.PASSWORD);
    door.open(here, "/account").andExpect(status().isOk());
    door.signIn("hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/"));
    assertThat(door.letters("hanako@joumou.example")).isEmpty();
  }

  @Test
  @DisplayName("開いたままの画面から、いまのパスワードを試し続けられない")
  void cannotBeUsedToGuess() throws Exception {
    var here = door.session("hanako");
    for (var i = 0; i < StaffStore.MOST_FAILURES; i++) {
      refused(here, "wrong " + i, NEXT, NEXT);
    }
    refused(here, TestBody.PASSWORD, NEXT, NEXT);
  }

  private void refused(
      jakarta.servlet.http.Cookie session, String present, String next, String again)
      throws Exception {
    door.send(session, "/account/password", "present", present, "password", next, "again", again)
        .andExpect(status().isUnprocessableContent());
  }
}
