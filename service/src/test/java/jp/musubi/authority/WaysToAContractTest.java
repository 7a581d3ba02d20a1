package jp.musubi.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.api.TestPrograms;
import jp.musubi.shelf.TestShelf;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Every way by which somebody could learn of a contract, walked by every role, before and after
 * contracts come into being that they may not know of: every answer has to stay as it was, to the
 * letter, so that neither title nor number nor count can be in it.
 *
 * <p>The ways are the service's own routes. Somebody who may know of the contracts walks them, too:
 * what changes for them is a way, and has to stand in {@link #WAYS}; what stands there has to
 * change for them. A new page that lists or counts contracts cannot be left out, and one that was
 * walked past a contract without showing it proves nothing and fails.
 */
@ServiceTest
@Tag("slow")
@DisplayName("契約を知る道の表")
class WaysToAContractTest {

  /**
   * Ways that have to show a contract to whom may know of it, and with what they are asked beside
   * nothing: a walk that showed nobody anything would prove nothing.
   */
  private static final String WAYS =
      """
      /
      /approvals
      /audit/bundle?seed=1
      /audit/samples
      /audit/samples/new
      /audit/samples/new?purpose=定期監査&method=LOT&count=3
      /bulk
      /contracts
      /contracts?filter=approval
      /contracts?filter=concluded
      /contracts?filter=council
      /contracts?filter=counterparty
      /contracts?filter=declined
      /contracts?filter=draft
      /contracts?filter=due
      /contracts?filter=elsewhere
      /contracts?filter=office
      /contracts?filter=on_paper
      /contracts?filter=returned
      /contracts?words=秘匿する
      /contracts/download
      /contracts/download?words=秘匿する
      /contracts/download.zip
      /contracts/{id}/case
      /contracts/{id}/origin
      /disposal
      /folders
      /folders/{folder}
      /offices/{id}/unsigned
      /past/contracts
      /past/contracts?words=秘匿する
      /register
      /register?kind=OTHER
      /register?words=秘匿する
      /register?counterparty=隠里
      /register.csv
      /register.csv?words=秘匿する
      /register/deadlines.ics
      /register/validity
      /register/verification
      /renewals
      /settings/fulltext
      /signatures
      /staff/{id}
      /staff/{id}/end
      /staff/{id}/handover
      /statistics
      /statistics.csv
      /api/v1/contracts
      """;

  /**
   * Where every look is shown itself, or what a disk has left, so that no two answers are alike:
   * only names are looked for.
   */
  private static final Set<String> RESTLESS =
      Set.of(
          "/audit",
          "/audit/bundle.zip",
          "/audit/record.csv",
          "/audit/record.jsonl",
          "/contracts/{id}",
          "/contracts/{id}/history",
          "/contracts/{id}/history.pdf",
          "/settings/programs",
          "/store");

  /** What tells of a whole body on purpose: numbers change there, and no contract is named. */
  private static final Map<String, String> OF_THE_WHOLE_BODY =
      Map.of(
          "/bodies", "operators and the secretariat count what bodies use (ADR 0053)",
          "/bodies/statistics", "the same",
          "/bodies/statistics.csv", "the same",
          "/bodies/statistics.pdf", "the same",
          "/protection", "operators watch over the validity of all files, by number",
          "/store", "operators watch over the store, by files and bytes",
          "/closure", "nobody ends a body's use without knowing that something is under way");

  /** What a variable of a route names, where that holds no contract. */
  private static final Set<String> ASIDE =
      Set.of(
          "application",
          "arrangement",
          "body",
          // A draft that is asked for; once there is a contract, the way to it ends.
          "call",
          "chapter",
          "code",
          "contact",
          "delivery",
          "digest",
          "emergency",
          "example",
          "endpoint",
          "field",
          "file",
          "fingerprint",
          "grant",
          "handover",
          "hold",
          "imprint",
          "invitation",
          "item",
          "kind",
          "limit",
          "list",
          "mandate",
          "mapping",
          "mark",
          "number",
          "page",
          "part",
          "program",
          "question",
          "recipient",
          "route",
          "search",
          "secret",
          "session",
          "standIn",
          "supplier",
          "tag",
          "template",
          "upload",
          "version",
          "wanted",
          "way",
          "announcement",
          "line");

  private static final String OTHER_MAIL = "hoka@kensetsu.example";

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired ApplicationContext context;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private final List<Asker> askers = new ArrayList<>();

  /** The cookies of holders of a 契約の控え, by the asker's name. */
  private final Map<String, Cookie> shelves = new TreeMap<>();

  private final Map<String, UUID> places = new TreeMap<>();
  private TestBody body;
  private UUID knower;
  private UUID folder;
  private UUID post;
  private UUID route;
  private UUID otherSection;
  private UUID seenDraft;
  private UUID seenDue;

  /**
   * Who asks.
   *
   * @param key of a program; null for people
   * @param knows may know of everything
   * @param ofTheBody may know of what lies in other sections
   */
  private record Asker(
      String name,
      TestBody body,
      @Nullable UUID id,
      @Nullable String key,
      boolean knows,
      boolean ofTheBody) {}

  /** A question: its route, and the path it is asked by. */
  private record Question(String route, String path) {}

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    var operators = TestBody.operators();
    otherSection = TestPeople.section(body, "20", "福祉部", null);
    knower = TestPeople.member(body, "shiru", "知る 人", body.section(), "CLERK", body.section());
    for (var role : Role.values()) {
      if (role.isOfTheOperator()) {
        var id =
            TestPeople.member(
                operators,
                "w-" + role + UUID.randomUUID(),
                "運営 " + role,
                operators.section(),
                role.name(),
                null);
        askers.add(new Asker(role.name(), operators, id, null, false, true));
        continue;
      }
      var scope = role.isOfTheWholeBody() ? null : body.section();
      var id =
          TestPeople.member(body, "w-" + role, "見本 " + role, body.section(), role.name(), scope);
      askers.add(new Asker(role.name(), body, id, null, false, role == Role.BODY_ADMIN));
      if (role != Role.CLERK) {
        TestPeople.run(
            """
            insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
            values (?, gen_random_uuid(), ?, ?, ?, timestamptz '2020-04-01 00:00+09')
            """,
            body.id().value(),
            knower,
            role.name(),
            scope);
      }
      if (role == Role.CLERK) {
        askers.add(
            new Asker("PROGRAM", body, null, TestPrograms.key(context, body, id), false, false));
      }
    }
    askers.add(
        new Asker(
            "NO_ROLE",
            body,
            TestPeople.member(body, "w-none", "見本 無", body.section(), null, null),
            null,
            false,
            false));
    askers.add(new Asker("NOBODY", body, null, null, false, false));
    // Somebody who has signed other contracts, and the party of what is hidden.
    shelves.put("ほかの人の控え", TestShelf.open(OTHER_MAIL));
    askers.add(new Asker("ほかの人の控え", body, null, null, false, false));
    shelves.put("当事者の控え", TestShelf.open(HiddenContracts.PARTY_MAIL));
    askers.add(new Asker("当事者の控え", body, null, null, true, true));
    askers.add(new Asker("知る人", body, knower, null, true, true));
    askers.add(
        new Asker("知る人のプログラム", body, null, TestPrograms.key(context, body, knower), true, true));
    folder = UUID.randomUUID();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, confined, made_at)"
            + " values (?, ?, ?, '人事', true, now())",
        body.id().value(),
        folder,
        body.section());
    TestPeople.run(
        "insert into folder_reader (tenant_id, folder_id, staff_id) values (?, ?, ?)",
        body.id().value(),
        folder,
        knower);
    post = UUID.randomUUID();
    TestPeople.run(
        "insert into post (tenant_id, id, section_id, title, carries) values (?, ?, ?, '課長', '{APPROVER}')",
        body.id().value(),
        post,
        body.section());
    TestPeople.run(
        "insert into post_holding values (?, ?, ?, date '2020-04-01')",
        body.id().value(),
        post,
        knower);
    route = UUID.randomUUID();
    TestPeople.run(
        "insert into approval_route (tenant_id, id, name, made_at) values (?, ?, '工事', now())",
        body.id().value(),
        route);
    seenDraft = TestContract.draft(body, vault).id().value();
    seenDue = TestContract.draft(body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', concluded_at = timestamptz '2012-04-02 09:00+09',
               final_sha256 = prepared_sha256, certificate_sha256 = prepared_sha256,
               certificate_masked_sha256 = prepared_sha256, period_until = date '2013-03-31',
               dispatched_at = timestamptz '2012-03-02 09:00+09',
               deadline = timestamptz '2012-05-02 09:00+09'
         where id = '%1$s';
        insert into register_entry (tenant_id, contract_id, version, long_term, debt_burden,
                                    budget_clause, decision_number, keeping_years,
                                    keeping_forever, changed_at)
        values ('%2$s', '%1$s', 1, false, false, false, '', 5, false, now()); end $$
        """
            .formatted(seenDue, body.id().value()));
    TestShelf.put(UUID.randomUUID(), seenDue, OTHER_MAIL);
    var open = UUID.randomUUID();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, made_at)"
            + " values (?, ?, ?, '工事', now())",
        body.id().value(),
        open,
        body.section());
    var rule = UUID.randomUUID();
    TestPeople.run(
        """
        insert into filing_rule (tenant_id, id, place, folder_id, title_has, changed_at)
        values (?, ?, 1, ?, '秘匿する', now())
        """,
        body.id().value(),
        rule,
        open);
    places.put("/settings/filing", rule);
    places.put("/folders", folder);
    places.put("/sections", body.section());
    places.put("/staff", knower);
    places.put("/posts", post);
    places.put("/offices", body.office());
  }

  @Test
  @DisplayName("どの道でも、どの役割でも、知ってはならない契約があってもなくても答えは一字も変わらない")
  void tellNothingOfWhatOneMayNotKnow() throws Exception {
    var questions = questions();
    var wrong = new ArrayList<String>();
    var restless = restless(questions);
    var before = walk(questions, askers);
    var kept = write(body.section(), folder);
    var withKept = walk(questions, askers);
    named(kept, wrong);
    var other = write(otherSection, null);
    named(other, wrong);
    var withBoth = walk(questions, askers.stream().filter(each -> !each.ofTheBody()).toList());

    var ways = new TreeSet<String>();
    for (var asker : askers) {
      for (var question : questions) {
        var cell = new Cell(asker.name(), question);
        var steady =
            !restless.contains(new Cell(standsFor(asker), question))
                && !OF_THE_WHOLE_BODY.containsKey(question.route());
        if (asker.knows()) {
          if (!at(withKept, cell).settled().equals(at(before, cell).settled()) && steady) {
            ways.add(question.path().contains("?") ? question.path() : question.route());
          }
          continue;
        }
        hides(cell, at(before, cell), at(withKept, cell), kept, steady, wrong);
        if (!asker.ofTheBody()) {
          hides(cell, at(withKept, cell), at(withBoth, cell), other, steady, wrong);
        }
      }
    }
    // The figures that the papers quote.
    System.out.println(
        "measured: ways to a contract, answers "
            + (before.size() + withKept.size() + withBoth.size())
            + ", ways "
            + ways.size()
            + ", wrong "
            + wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(
            restless.stream()
                .map(cell -> cell.question().route())
                .filter(route -> !RESTLESS.contains(route)))
        .as("differ although nothing happened")
        .isEmpty();
    assertThat(WAYS.lines().filter(way -> !ways.contains(way)))
        .as("were walked past a contract and did not show it to whom may know of it")
        .isEmpty();
  }

  /**
   * Every route that names a contract, or something that holds one: to whom it is kept from it
   * answers as if there were no such thing.
   */
  private void named(HiddenContracts hidden, List<String> wrong) throws Exception {
    var things = new TreeMap<>(hidden.things());
    things.put("id", hidden.concluded());
    var open = otherSections(hidden);
    for (var method : List.of("GET", "POST")) {
      for (var pattern : routes(method)) {
        var asked =
            things.keySet().stream().filter(each -> pattern.contains("{" + each + "}")).toList();
        if (asked.isEmpty() || (pattern.contains("{id}") && !ofAContract(pattern))) {
          continue;
        }
        for (var asker : askers) {
          if (asker.knows()
              || (open && asker.ofTheBody())
              || pattern.startsWith("/api/") != (asker.key() != null)) {
            continue;
          }
          var there = ask(method, filled(pattern, things), asker);
          var nowhere = ask(method, filled(pattern, Map.of()), asker);
          var cell = asker.name() + " at " + method + " " + pattern;
          if (!there.having(hidden.marks()).isEmpty()) {
            wrong.add(cell + " shows " + there.having(hidden.marks()));
          } else if (!there.settled().equals(nowhere.settled())) {
            wrong.add(cell + " differs: " + difference(nowhere.settled(), there.settled()));
          }
        }
      }
    }
  }

  private boolean otherSections(HiddenContracts hidden) {
    return TestPeople.text("select section_id::text from contract where id = ?", hidden.concluded())
        .equals(otherSection.toString());
  }

  /** What an answer shows of contracts that came into being since the one before. */
  private static void hides(
      Cell cell,
      Shown before,
      Shown after,
      HiddenContracts hidden,
      boolean steady,
      List<String> wrong) {
    var marks = after.having(hidden.marks());
    if (!marks.isEmpty()) {
      wrong.add(cell + " shows " + marks);
    } else if (steady && !before.settled().equals(after.settled())) {
      wrong.add(cell + " changed: " + difference(before.settled(), after.settled()));
    }
  }

  private static String difference(Shown before, Shown after) {
    if (before.status() != after.status()) {
      return before.status() + " → " + after.status();
    }
    var were = before.words().lines().collect(Collectors.toSet());
    return after
        .words()
        .lines()
        .filter(line -> !were.contains(line))
        .limit(3)
        .map(String::strip)
        .collect(Collectors.joining(" / "));
  }

  private record Cell(String asker, Question question) {
    @Override
    public String toString() {
      return asker + " at " + question.path();
    }
  }

  private static Shown at(Map<Cell, Shown> answers, Cell cell) {
    return Objects.requireNonNull(answers.get(cell), cell.toString());
  }

  /** Writes them, and links contracts that everybody of the section sees with some of them. */
  private HiddenContracts write(UUID section, @Nullable UUID in) {
    var hidden = HiddenContracts.write(body, vault, section, in, knower, post, route);
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        insert into contract_origin (tenant_id, contract_id, relation, original_id)
        values ('%1$s', '%2$s', 'CHANGE', '%3$s'), ('%1$s', '%4$s', 'CHANGE', '%5$s')
        on conflict (tenant_id, contract_id) do update set original_id = excluded.original_id;
        end $$
        """
            .formatted(
                body.id().value(), seenDraft, hidden.concluded(), hidden.ids().getLast(), seenDue));
    return hidden;
  }

  /** Every page of the service, and what WAYS asks beside. */
  private List<Question> questions() {
    var questions = new ArrayList<Question>();
    for (var pattern : routes("GET")) {
      if (ofAContract(pattern)) {
        for (var seen : pattern.endsWith(".png") ? List.<UUID>of() : List.of(seenDraft, seenDue)) {
          questions.add(new Question(pattern, filled(pattern, Map.of("id", seen))));
        }
      } else if (!pattern.startsWith("/s/")) {
        questions.add(new Question(pattern, filled(pattern, Map.of())));
      }
    }
    WAYS.lines()
        .filter(line -> line.contains("?"))
        .forEach(path -> questions.add(new Question(path.substring(0, path.indexOf('?')), path)));
    return questions;
  }

  private static boolean ofAContract(String pattern) {
    return pattern.startsWith("/contracts/{id}") || pattern.startsWith("/api/v1/contracts/{id}");
  }

  private Set<String> routes(String method) {
    var routes = new TreeSet<String>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> {
          var methods = mapping.getMethodsCondition().getMethods();
          if (methods.isEmpty() || methods.stream().anyMatch(each -> each.name().equals(method))) {
            routes.addAll(mapping.getPatternValues());
          }
        });
    return routes;
  }

  private String filled(String pattern, Map<String, UUID> things) {
    var at = new StringBuilder();
    var before = "";
    for (var part : pattern.substring(1).split("/", -1)) {
      var named = part.replaceAll("^\\{([^}]+)}.*$", "$1");
      at.append('/');
      if (named.equals(part)) {
        at.append(part);
      } else {
        var thing = things.get(named);
        if (thing == null) {
          thing = places.get(before);
        }
        if (thing == null
            && !ASIDE.contains(named)
            && !Set.of("id", "round", "proposal", "sample", "run", "entry").contains(named)) {
          throw new AssertionError("say what " + named + " of " + pattern + " is");
        }
        at.append(
            named.equals("number") || named.equals("page") || named.equals("line")
                ? "1"
                : String.valueOf(thing == null ? new UUID(7, 7) : thing));
        at.append(part.substring(part.indexOf('}') + 1));
      }
      before = before + "/" + part;
    }
    return at.toString();
  }

  /** What differs for somebody who sees all that there is, although nothing happened. */
  private Set<Cell> restless(List<Question> questions) throws Exception {
    var some =
        askers.stream().filter(each -> each.knows() || each.name().equals("OPERATOR")).toList();
    var first = walk(questions, some);
    var restless = new HashSet<Cell>();
    walk(questions, some)
        .forEach((cell, shown) -> {
          if (!shown.settled().equals(at(first, cell).settled())) {
            restless.add(cell);
          }
        });
    return restless;
  }

  /** Who of these has the same pages, and sees them all. */
  private String standsFor(Asker asker) {
    if (!asker.body().equals(body)) {
      return "OPERATOR";
    }
    return asker.key() == null ? "知る人" : "知る人のプログラム";
  }

  private Map<Cell, Shown> walk(List<Question> questions, List<Asker> those) throws Exception {
    var answers = new LinkedHashMap<Cell, Shown>();
    for (var asker : those) {
      for (var question : questions) {
        answers.put(
            new Cell(asker.name(), question),
            question.route().startsWith("/api/") != (asker.key() != null)
                ? new Shown(0, "")
                : ask("GET", question.path(), asker));
      }
    }
    return answers;
  }

  private Shown ask(String method, String path, Asker asker) throws Exception {
    var asked =
        request(
                HttpMethod.valueOf(method),
                UriComponentsBuilder.fromUriString(path).encode().build().toUri())
            .with(csrf())
            .accept("text/html", "*/*");
    if (asker.id() != null) {
      asked.with(TestPeople.as(asker.body(), asker.id()));
    }
    var shelf = shelves.get(asker.name());
    if (shelf != null) {
      asked.cookie(shelf);
    }
    if (asker.key() != null) {
      asked.header("Authorization", "Bearer " + asker.key());
      asked.with(from -> {
        from.setRemoteAddr("192.0.2.10");
        return from;
      });
    }
    return Shown.of(mvc.perform(asked).andReturn().getResponse());
  }
}
