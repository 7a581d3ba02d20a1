package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import jp.musubi.index.IndexTests;
import jp.musubi.index.Packing;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.FormReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;

@ServiceTest
@DisplayName("索引による検索は")
class IndexedSearchTest {
  private static final List<String> LETTERS =
      List.of("橋", "舗", "装", "髙", "高", "﨑", "崎", "こ", "コ", "ｺ", "ピ", "𠮷", "１", "1", " ", "ー");

  @Autowired MockMvc mvc;
  @Autowired RegisterSearch search;
  @Autowired Packing packing;
  @Autowired TransactionTemplate transactions;

  private final List<UUID> sections = new ArrayList<>();
  private final List<UUID> contracts = new ArrayList<>();
  private TestBody body;
  private RegisterHouse house;
  private Random random;
  private long seed;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    house = new RegisterHouse(mvc, body);
    seed = Long.getLong("musubi.seed", new Random().nextLong());
    random = new Random(seed);
    sections.clear();
    contracts.clear();
    sections.addAll(
        List.of(
            body.section(),
            TestPeople.section(body, "1010", "道路課", body.section()),
            TestPeople.section(body, "20", "福祉部", null)));
  }

  @Test
  @DisplayName("どの件名、変更、条件、役割でも、一件ずつ比べる検索とまったく同じ答えを出す")
  void answersAsComparingDoes() {
    for (var i = 0; i < 120; i++) {
      write();
    }
    rights();
    for (var round = 0; round < 6; round++) {
      IndexTests.pack(packing, body);
      for (var i = 0; i < 25; i++) {
        same();
      }
      for (var i = 0; i < 12; i++) {
        change();
      }
      for (var i = 0; i < 25; i++) {
        same();
      }
    }
    IndexTests.packAll(packing, body);
    for (var i = 0; i < 50; i++) {
      same();
    }
  }

  @Test
  @DisplayName("名前を消して廃棄した契約の字を、次にまとめるとき残さない")
  void forgetsWhatWasDisposedOf() {
    var kept = house.write("清掃", "榛名組");
    house.write("点検", "上毛組");
    IndexTests.packAll(packing, body);
    assertThat(blocksWith("榛名")).isEqualTo("1");
    TestPeople.run("update party set organisation = '廃棄' where contract_id = ?", kept);
    IndexTests.packAll(packing, body);
    assertThat(blocksWith("榛名")).isEqualTo("0");
    assertThat(blocksWith("上毛")).isEqualTo("1");
  }

  private String blocksWith(String term) {
    return TestPeople.text(
        "select count(*)::text from search_posting where tenant_id = ? and term = ?",
        body.id().value(),
        term);
  }

  /** Two of three lie in folders: one 親展, one opened to another section. */
  private void rights() {
    for (var confined : List.of(true, false)) {
      var folder = UUID.randomUUID();
      TestPeople.run(
          "insert into folder (tenant_id, id, section_id, name, confined, made_at)"
              + " values (?, ?, ?, ?, ?, now())",
          body.id().value(),
          folder,
          body.section(),
          "F" + confined,
          confined);
      if (!confined) {
        TestPeople.run(
            "insert into folder_opening values (?, ?, ?)",
            body.id().value(),
            folder,
            sections.getLast());
      }
      for (var i = confined ? 0 : 1; i < contracts.size(); i += 3) {
        TestPeople.run(
            "insert into folder_contract values (?, ?, ?, now())",
            body.id().value(),
            contracts.get(i),
            folder);
      }
    }
  }

  private void write() {
    var id =
        house.write(
            new RegisterHouse.Sample(
                letters(1 + random.nextInt(6)),
                letters(random.nextInt(4)),
                null,
                day(),
                null,
                null),
            section());
    contracts.add(id);
    // Few moments, so that many are of the same age.
    TestPeople.run(
        "update contract set created_at = timestamptz '2026-04-01 09:00+09' + ? * interval '1 day'"
            + " where id = ?",
        random.nextInt(30),
        id);
    if (random.nextInt(4) == 0) {
      TestPeople.run(
          """
          insert into party (tenant_id, id, contract_id, ordinal, turn, kind, organisation, name,
                             staff_id)
          values (?, gen_random_uuid(), ?, 2, 2, 'OFFICE', '上毛市', '見本 太郎', ?)
          """,
          body.id().value(),
          id,
          body.mayor());
    }
  }

  private void change() {
    var id = contracts.get(random.nextInt(contracts.size()));
    switch (random.nextInt(5)) {
      case 0 -> TestPeople.run("update contract set title = ? where id = ?", letters(4) + "x", id);
      case 1 -> TestPeople.run("update contract set section_id = ? where id = ?", section(), id);
      case 2 -> TestPeople.run("update contract set contract_date = ? where id = ?", day(), id);
      case 3 ->
          TestPeople.run("delete from party where kind = 'COUNTERPARTY' and contract_id = ?", id);
      default -> write();
    }
  }

  /** A random question, by pages of a random size and as a count. */
  private void same() {
    var typed = new ArrayList<>(List.of("words", letters(1 + random.nextInt(2))));
    if (random.nextInt(4) == 0) {
      typed.addAll(
          List.of(random.nextBoolean() ? "title" : "counterparty", letters(1 + random.nextInt(2))));
    }
    if (random.nextInt(3) == 0) {
      typed.addAll(List.of("section", section().toString()));
    }
    if (random.nextInt(3) == 0) {
      typed.addAll(List.of("contractDateFrom", Objects.requireNonNullElse(day(), DAY).toString()));
    }
    if (random.nextInt(3) == 0) {
      typed.addAll(List.of("contractDateUntil", Objects.requireNonNullElse(day(), DAY).toString()));
    }
    if (random.nextInt(6) == 0) {
      typed.addAll(List.of("fullText", "true"));
    }
    var query = query(typed);
    var reach = reach();
    var size = 1 + random.nextInt(20);
    // Within a transaction whose statements see different moments the index is not asked.
    var compared = in(() -> transactions.execute(_ -> ids(search.page(reach, query, null, 1000))));
    var counted = in(() -> transactions.execute(_ -> search.count(reach, query)));
    assertThat(paged(reach, query, size))
        .as("-Dmusubi.seed=%d %s %s", seed, typed, reach)
        .isEqualTo(compared);
    assertThat(in(() -> search.count(reach, query)))
        .as("-Dmusubi.seed=%d %s %s", seed, typed, reach)
        .isEqualTo(counted);
  }

  private List<UUID> paged(Reach reach, RegisterQuery query, int size) {
    var ids = new ArrayList<UUID>();
    RegisterSearch.Cursor after = null;
    do {
      var from = after;
      var page = in(() -> search.page(reach, query, from, size));
      ids.addAll(ids(page));
      after = page.next().orElse(null);
    } while (after != null);
    return ids;
  }

  private static List<UUID> ids(RegisterSearch.Page page) {
    return page.rows().stream().map(RegisterRow::id).toList();
  }

  private Reach reach() {
    var one = Set.of(section());
    return switch (random.nextInt(6)) {
      case 0 -> new Reach(body.viewer(), false, one, false, false, false);
      case 1 -> new Reach(body.viewer(), false, one, false, false, true);
      case 2 -> new Reach(body.mayor(), false, one, true, true, false);
      case 3 -> new Reach(body.mayor(), false, Set.of(), true, false, false);
      case 4 -> new Reach(body.mayor(), true, Set.of(), true, false, false);
      default -> house.whole();
    };
  }

  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

  private @org.jspecify.annotations.Nullable LocalDate day() {
    return random.nextInt(6) == 0 ? null : DAY.plusDays(random.nextInt(200));
  }

  private UUID section() {
    return sections.get(random.nextInt(sections.size()));
  }

  private String letters(int count) {
    var letters = new StringBuilder();
    for (var i = 0; i < count; i++) {
      letters.append(LETTERS.get(random.nextInt(LETTERS.size())));
    }
    return count > 0 && letters.toString().isBlank() ? "橋" : letters.toString();
  }

  private RegisterQuery query(List<String> typed) {
    var values = new LinkedMultiValueMap<String, String>();
    for (var i = 0; i < typed.size(); i += 2) {
      values.add(typed.get(i), typed.get(i + 1));
    }
    return RegisterForm.of(values, List.of()).read(new FormReader());
  }

  private <T> T in(Supplier<T> work) {
    return Objects.requireNonNull(Tenancy.in(body.id(), work::get));
  }

  @Test
  @DisplayName("一度に読むものの並びを、PostgreSQLと同じに見る")
  void ordersAsTheDatabaseDoes() {
    var low = UUID.fromString("0fffffff-0000-0000-0000-000000000000");
    var high = UUID.fromString("f0000000-0000-0000-0000-000000000000");
    assertThat(new jp.musubi.index.Key(Instant.EPOCH, low))
        .isLessThan(new jp.musubi.index.Key(Instant.EPOCH, high));
  }
}
