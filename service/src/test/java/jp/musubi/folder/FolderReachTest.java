package jp.musubi.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSample;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Who may know of which contract, by every way to it: what one way shows and another does not would
 * be a contract, or a count, that somebody learns of by a detour.
 */
@ServiceTest
@DisplayName("フォルダの権限の表")
class FolderReachTest {
  private static final String LOOSE = "道路の清掃";
  private static final String FILED = "橋の補修";
  private static final String OPENED = "公園の清掃";
  private static final String CONFINED = "人事の委託";
  private static final Set<String> ALL = Set.of(LOOSE, FILED, OPENED, CONFINED);

  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private TestBody body;
  private UUID accounts;
  private UUID admin;
  private UUID named;
  private UUID keeper;
  private Map<String, UUID> contracts;
  private Map<String, UUID> folders;

  @BeforeEach
  void aCabinet() throws Exception {
    body = TestBody.create("-");
    accounts = TestPeople.section(body, "30", "会計課", null);
    admin = TestPeople.member(body, "kan", "管理 花", body.section(), "BODY_ADMIN", null);
    keeper = member("shozoku", body.section(), "SECTION_ADMIN");
    named = member("naozo", body.section(), "CLERK");
    contracts = new LinkedHashMap<>();
    for (var title : List.of(LOOSE, FILED, OPENED, CONFINED)) {
      contracts.put(title, concluded(title));
    }
    folders = new LinkedHashMap<>();
    make("工事", null);
    make("委託", null);
    make("令和8年度", "委託");
    make("人事", "委託");
    make("研修", "人事");
    press(keeper, "/folders/" + folder("委託") + "/rights", "section", accounts.toString());
    file(FILED, "工事");
    file(OPENED, "令和8年度");
    file(CONFINED, "研修");
    press(
        keeper,
        "/folders/" + folder("人事") + "/rights",
        "section",
        accounts.toString(),
        "confined",
        "true",
        "readers",
        "naozo");
  }

  @Test
  @DisplayName("一覧・件数・検索・台帳・CSV・ZIP・フォルダ・直接のURLのどれでも、知ってよい契約だけが見える")
  void isTheSameByEveryWay() throws Exception {
    var roads = TestPeople.section(body, "11", "道路課", body.section());
    var welfare = TestPeople.section(body, "20", "福祉部", null);
    var sampled = member("kansa2", body.section(), "AUDITOR");
    TestSample.open(body, sampled, admin, contract(CONFINED));
    var unconfined = Set.of(LOOSE, FILED, OPENED);
    var expected = new LinkedHashMap<UUID, Set<String>>();
    expected.put(body.clerk(), unconfined);
    expected.put(body.viewer(), unconfined);
    expected.put(keeper, unconfined);
    expected.put(admin, unconfined);
    expected.put(named, ALL);
    // Whom the contracts themselves name as office holder signs them, wherever they are filed.
    expected.put(body.mayor(), ALL);
    expected.put(member("kaikei", accounts, "VIEWER"), Set.of(OPENED));
    expected.put(member("kaikei-t", accounts, "CLERK"), Set.of(OPENED));
    expected.put(member("fukushi", welfare, "VIEWER"), Set.of());
    expected.put(member("doro", roads, "VIEWER"), Set.of());
    expected.put(member("kansa", body.section(), "AUDITOR"), Set.of());
    expected.put(sampled, Set.of(CONFINED));
    for (var each : expected.entrySet()) {
      knows(each.getKey(), each.getValue());
    }
    var other = TestBody.create("-");
    for (var contract : contracts.values()) {
      var answer =
          mvc.perform(get("/contracts/" + contract).with(TestPeople.as(other, other.viewer())))
              .andReturn()
              .getResponse();
      assertThat(answer.getStatus()).isEqualTo(404);
    }
    assertThat(
            mvc.perform(get("/folders/" + folder("委託")).with(TestPeople.as(other, other.viewer())))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
  }

  private void knows(UUID who, Set<String> expected) throws Exception {
    var name = TestPeople.text("select login_id from staff where id = ?", who);
    assertThat(titles(text(who, "/contracts"))).as("list of %s", name).isEqualTo(expected);
    assertThat(titles(text(who, "/register"))).as("register of %s", name).isEqualTo(expected);
    assertThat(text(who, "/register"))
        .as("count of %s", name)
        .contains(expected.isEmpty() ? "あてはまる契約はありません" : expected.size() + "件");
    assertThat(titles(text(who, "/register.csv"))).as("CSV of %s", name).isEqualTo(expected);
    assertThat(text(who, "/register.csv").strip().lines()).hasSize(expected.size() + 1);
    assertThat(titles(zip(who))).as("ZIP of %s", name).isEqualTo(expected);
    for (var title : ALL) {
      var may = expected.contains(title);
      var found = text(who, "/contracts?words=" + title);
      assertThat(found.contains(contract(title).toString()))
          .as("%s looks for %s", name, title)
          .isEqualTo(may);
      for (var path : List.of("", "/document.pdf", "/history")) {
        var status = open(who, "/contracts/" + contract(title) + path).getStatus();
        assertThat(status).as("%s opens %s%s", name, title, path).isEqualTo(may ? 200 : 404);
      }
    }
    var inFolders = new TreeSet<String>();
    var counted = 0;
    for (var folder : folders.values()) {
      var page = open(who, "/folders/" + folder);
      if (page.getStatus() == 200) {
        inFolders.addAll(titles(page.getContentAsString(StandardCharsets.UTF_8)));
      }
      var searched = text(who, "/register?folder=" + folder);
      assertThat(expected).as("%s searches a folder", name).containsAll(titles(searched));
    }
    inFolders.addAll(titles(text(who, "/folders/unfiled")));
    assertThat(expected).as("folders of %s", name).containsAll(inFolders);
    var tree = Jsoup.parse(text(who, "/folders"));
    for (var cell : tree.select("td").eachText()) {
      if (cell.matches("\\d+件")) {
        counted += Integer.parseInt(cell.replace("件", ""));
      }
    }
    assertThat(counted)
        .as("counts in the tree of %s", name)
        .isLessThanOrEqualTo((int) expected.stream().filter(each -> !each.equals(LOOSE)).count());
  }

  @Test
  @DisplayName("親展は、団体管理者の監査記録と検査提出セットにも、件数にも出ない")
  void isNotLearntOfFromTheRecord() throws Exception {
    assertThat(text(admin, "/audit?contract=" + FILED)).contains(number(FILED));
    assertThat(text(admin, "/audit?contract=" + CONFINED)).doesNotContain(number(CONFINED));
    assertThat(text(admin, "/audit/record.csv")).contains(number(FILED));
    assertThat(text(admin, "/audit/record.csv")).doesNotContain(number(CONFINED));
    assertThat(text(admin, "/audit/bundle?seed=1")).contains(number(FILED));
    assertThat(text(admin, "/audit/bundle?seed=1")).doesNotContain(number(CONFINED));
    var tree = text(admin, "/folders");
    assertThat(Jsoup.parse(tree).text()).contains("人事", "見られません");
    assertThat(open(admin, "/folders/" + folder("人事")).getStatus()).isEqualTo(404);
    assertThat(open(admin, "/folders/" + folder("研修")).getStatus()).isEqualTo(404);
    assertThat(text(body.viewer(), "/folders")).doesNotContain("人事", "研修");
  }

  @Test
  @DisplayName("公開は見るためだけで、公開先の担当者は契約を進めることも移すこともできない")
  void isOpenedToBeSeenOnly() throws Exception {
    var clerk = member("kaikei-t", accounts, "CLERK");
    var contract = contract(OPENED);
    assertThat(open(clerk, "/contracts/" + contract).getStatus()).isEqualTo(200);
    assertThat(open(clerk, "/contracts/" + contract + "/folder").getStatus()).isEqualTo(403);
    assertThat(
            press(clerk, "/folders/filing", "contract", contract.toString(), "to", "").getStatus())
        .isEqualTo(404);
    assertThat(press(clerk, "/folders/" + folder("委託") + "/change").getStatus()).isEqualTo(404);
    assertThat(press(keeper, "/folders/" + folder("委託") + "/rights").getStatus()).isEqualTo(302);
    assertThat(open(clerk, "/contracts/" + contract).getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("親展に名のない管理者は、見られる人を替えられるが、自分を加えることも外すこともできない")
  void isNotOpenedByWhoGovernsIt() throws Exception {
    var path = "/folders/" + folder("人事") + "/rights";
    assertThat(text(admin, path)).contains("naozo");
    var lifted = press(admin, path);
    assertThat(lifted.getStatus()).isEqualTo(422);
    assertThat(said(lifted)).contains("名を挙げられていない人は");
    assertThat(press(admin, path, "confined", "true", "readers", "naozo\nkan").getStatus())
        .isEqualTo(422);
    assertThat(press(admin, path, "confined", "true", "readers", "").getStatus()).isEqualTo(422);
    assertThat(said(press(admin, path, "confined", "true", "readers", "inai")))
        .contains("次の利用者IDの職員がいません：inai");
    assertThat(press(admin, path, "confined", "true", "readers", "jiro").getStatus())
        .isEqualTo(302);
    assertThat(titles(text(body.viewer(), "/contracts"))).isEqualTo(ALL);
    assertThat(titles(text(named, "/contracts"))).doesNotContain(CONFINED);
    assertThat(open(body.clerk(), path).getStatus()).isEqualTo(403);
  }

  private UUID member(String login, UUID section, String role) {
    return TestPeople.member(body, login, "職員 " + login, section, role, section);
  }

  private UUID contract(String title) {
    return Objects.requireNonNull(contracts.get(title), title);
  }

  private UUID folder(String name) {
    return Objects.requireNonNull(folders.get(name), name);
  }

  private void make(String name, @Nullable String above) throws Exception {
    var place = body.section() + "/" + (above == null ? "" : folder(above));
    var made = press(keeper, "/folders", "name", name, "place", place);
    assertThat(made.getStatus()).as(said(made)).isEqualTo(302);
    folders.put(
        name,
        UUID.fromString(String.valueOf(made.getRedirectedUrl()).substring("/folders/".length())));
  }

  private void file(String title, String folder) throws Exception {
    var path = "/contracts/" + contract(title);
    assertThat(
            press(body.clerk(), path + "/folder", "to", folder(folder).toString())
                .getRedirectedUrl())
        .isEqualTo(path);
  }

  private String number(String title) {
    return TestPeople.text("select number from contract where id = ?", contract(title));
  }

  private static Set<String> titles(String text) {
    return ALL.stream().filter(text::contains).collect(Collectors.toSet());
  }

  private String zip(UUID who) throws Exception {
    var answer = open(who, "/contracts/download.zip");
    if (answer.getStatus() == 404) {
      return "";
    }
    var names = new StringBuilder();
    try (var in =
        new ZipInputStream(
            new ByteArrayInputStream(answer.getContentAsByteArray()), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.append(entry.getName()).append('\n');
      }
    }
    return names.toString();
  }

  private String text(UUID who, String path) throws Exception {
    var answer = open(who, path);
    assertThat(answer.getStatus()).as("%s of %s", path, who).isEqualTo(200);
    return said(answer);
  }

  private static String said(MockHttpServletResponse answer) throws Exception {
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  private MockHttpServletResponse open(UUID who, String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, who)).accept("text/html", "*/*"))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse press(UUID who, String path, String... typed) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, who)).accept("text/html");
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  /** As if it had been concluded: what is taken are the stored bytes, whatever they are. */
  private UUID concluded(String title) throws SQLException {
    var contract = TestContract.draft(body, vault);
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                update contract
                   set state = 'CONCLUDED', final_sha256 = prepared_sha256,
                       title = ?, certificate_sha256 = prepared_sha256,
                       certificate_masked_sha256 = prepared_sha256, dispatched_at = now(),
                       deadline = now() + interval '1 day', concluded_at = now()
                 where id = ?
                """)) {
      connection.setAutoCommit(false);
      try (var plain = connection.createStatement()) {
        plain.execute("set local session_replication_role = replica");
      }
      statement.setString(1, title);
      statement.setObject(2, contract.id().value());
      statement.execute();
      connection.commit();
    }
    return contract.id().value();
  }
}
