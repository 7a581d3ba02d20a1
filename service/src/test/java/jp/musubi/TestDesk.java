package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.JapaneseDates;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/**
 * A clerk who makes a contract by the service's pages.
 *
 * @param path of the contract's page
 */
public record TestDesk(MockMvc mvc, TestBody body, UUID clerk, String path) {
  public static final List<String> COMPANIES = List.of("株式会社 見本建設", "榛名設計 株式会社");
  private static final List<String> NAMES = List.of("例田 一郎", "試田 次郎");

  /** A draft of a document, whose parties and terms nobody has entered yet. */
  public static TestDesk open(MockMvc mvc, TestBody body, byte[] pdf) throws Exception {
    var draft =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", null, pdf))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    assertThat(draft.getStatus()).isEqualTo(302);
    return new TestDesk(
        mvc, body, body.clerk(), String.valueOf(draft.getRedirectedUrl()).replace("/parties", ""));
  }

  /** The same clerk at the page of another contract, or at one that is given in a path below it. */
  public TestDesk of(String where) {
    return new TestDesk(mvc, body, clerk, where.replaceAll("(/contracts/[^/]+).*", "$1"));
  }

  /** Enters counterparties, one after the other, and the office behind them. */
  public void parties(List<String> mails) throws Exception {
    var typed = new ArrayList<>(List.of("office", body.office().toString(), "officePlace", "last"));
    for (var n = 1; n <= mails.size(); n++) {
      typed.addAll(
          List.of(
              "organisation-" + n,
              COMPANIES.get(n - 1),
              "title-" + n,
              "代表取締役",
              "name-" + n,
              NAMES.get(n - 1),
              "mail-" + n,
              mails.get(n - 1),
              "identity-" + n,
              "mail",
              "place-" + n,
              String.valueOf(n)));
    }
    var entered = press("/parties", typed.toArray(String[]::new));
    assertThat(entered.getRedirectedUrl())
        .as(entered.getContentAsString())
        .isEqualTo(path + "/terms");
  }

  /** Types the terms, but for what is said otherwise. */
  public MockHttpServletResponse type(String... otherwise) throws Exception {
    // A deadline lies ahead of the service's own clock.
    var deadline = LocalDate.ofInstant(Instant.now(), JapaneseDates.ZONE).plusDays(20);
    return press(
        "/terms",
        typed(
            Map.of(
                "title", "庁舎清掃業務委託",
                "kind", "SERVICES",
                "amount", "12980000",
                "contractDate", "R8.12.4",
                "periodFrom", "令和8年12月7日",
                "periodUntil", "2027/3/19",
                "deadline", JapaneseDates.era(deadline),
                "deadlineTime", "17:00",
                "readingYears", "10"),
            otherwise));
  }

  /** The same, when they are right. */
  public void terms(String... otherwise) throws Exception {
    var entered = type(otherwise);
    assertThat(entered.getRedirectedUrl())
        .as(entered.getContentAsString())
        .isEqualTo(path + "/review");
  }

  /** Sends what a review shows. */
  public MockHttpServletResponse dispatch(Document review) throws Exception {
    var typed = new ArrayList<String>();
    for (var name : List.of("idempotencyKey", "seed", "version", "document")) {
      typed.addAll(List.of(name, value(review, name)));
    }
    return press("/dispatch", typed.toArray(String[]::new));
  }

  /** The same, when it may be sent. */
  public void dispatches(Document review) throws Exception {
    assertThat(dispatch(review).getRedirectedUrl()).isEqualTo(path);
  }

  public ContractId id() {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  /** Sends a form of the contract's page. */
  public MockHttpServletResponse press(String step, String... typed) throws Exception {
    return send(path + step, typed);
  }

  /** Sends a form of any page. */
  public MockHttpServletResponse send(String where, String... typed) throws Exception {
    var request = post(where).with(csrf()).with(TestPeople.as(body, clerk));
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  public MockHttpServletResponse look(String step) throws Exception {
    return at(path + step);
  }

  public MockHttpServletResponse at(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, clerk))).andReturn().getResponse();
  }

  public Document page(String step) throws Exception {
    return answer(200, look(step));
  }

  /** The page of an answer, which has to have that status. */
  public static Document answer(int status, MockHttpServletResponse answer) throws IOException {
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
    return html(answer);
  }

  public static Document html(MockHttpServletResponse answer) throws IOException {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }

  /** What stands in a field of a page. */
  public static String value(Document page, String name) {
    return page.select("input[name=" + name + "]").attr("value");
  }

  /** Names and values in turn: those that are usual, but for those that are said otherwise. */
  public static String[] typed(Map<String, String> usual, String... otherwise) {
    var typed = new LinkedHashMap<>(usual);
    for (var i = 0; i < otherwise.length; i += 2) {
      typed.put(otherwise[i], otherwise[i + 1]);
    }
    return typed.entrySet().stream()
        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
        .toArray(String[]::new);
  }
}
