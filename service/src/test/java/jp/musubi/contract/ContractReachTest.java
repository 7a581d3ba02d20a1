package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestSample;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Authorisation.Answer;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A list in SQL and the decision about one contract, compared over random trees and rights. */
@ServiceTest
@DisplayName("契約の一覧と一件ごとの判断")
class ContractReachTest {
  private static final List<Role> ROLES =
      List.of(
          Role.CLERK, Role.VIEWER, Role.SIGNER, Role.AUDITOR, Role.SECTION_ADMIN, Role.APPROVER);

  @Autowired ContractSearch search;
  @Autowired ContractTargets targets;

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(1, 42), new Random().longs(8));
  }

  private record Person(UUID id, UUID sectionId, Set<Grant> grants) implements Bearer {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("一覧に出る契約は、開ける契約とちょうど同じ")
  void agreeForEveryContract(long seed) throws SQLException {
    var random = new Random(seed);
    var body = TestBody.create("-");
    var sections = new ArrayList<UUID>(List.of(body.section()));
    var contracts = new ArrayList<UUID>();
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      for (var i = 0; i < 12; i++) {
        sections.add(section(connection, body, i, sections.get(random.nextInt(sections.size()))));
      }
      // One section was closed, and its work went to another: its contracts go along.
      close(connection, body, sections.get(5), sections.get(1 + random.nextInt(4)));
      for (var i = 0; i < 25; i++) {
        var section = sections.get(random.nextInt(sections.size()));
        contracts.add(contract(connection, body, section, i, random.nextInt(4) == 0));
      }
      var drawn = contracts.stream().filter(_ -> random.nextInt(5) == 0).toArray(UUID[]::new);
      TestSample.open(body, body.mayor(), body.viewer(), drawn);
      file(connection, body, sections, contracts, random);
    }
    for (var i = 0; i < 12; i++) {
      var grants = new HashSet<Grant>();
      for (var n = random.nextInt(4); n > 0; n--) {
        var role = ROLES.get(random.nextInt(ROLES.size()));
        grants.add(
            role != Role.SECTION_ADMIN && random.nextInt(8) == 0
                ? Grant.everywhere(role)
                : Grant.within(role, sections.get(random.nextInt(sections.size()))));
      }
      var who = new Person(body.mayor(), body.section(), grants);
      var opened =
          contracts.stream()
              .filter(id ->
                  Tenancy.in(
                          body.id(),
                          () -> Authorisation.decide(who, Act.SEE_CONTRACT, targets.target(id)))
                      == Answer.ALLOWED)
              .collect(Collectors.toSet());
      var reach = Authorisation.reach(who, Act.SEE_CONTRACT);
      var listed =
          Tenancy.in(
              body.id(),
              () ->
                  search.find(reach, ContractFilter.ALL, "", null, 100).contracts().stream()
                      .map(contract -> contract.id().value())
                      .collect(Collectors.toSet()));
      assertThat(listed).as("seed %d, %s", seed, grants).isEqualTo(opened);
      assertThat(
              Tenancy.in(
                  body.id(),
                  () ->
                      Objects.requireNonNull(
                          search
                              .counts(reach, Set.of(ContractFilter.ALL))
                              .get(ContractFilter.ALL))))
          .isEqualTo(opened.size());
    }
  }

  /**
   * Some contracts in nested folders, of which some are opened and some 親展, naming the reader or
   * not.
   */
  private static void file(
      Connection connection,
      TestBody body,
      List<UUID> sections,
      List<UUID> contracts,
      Random random)
      throws SQLException {
    var cabinet = body.section();
    var folders = new ArrayList<UUID>();
    for (var i = 0; i < 8; i++) {
      var id = UUID.randomUUID();
      run(
          connection,
          "insert into folder (tenant_id, id, section_id, parent_id, name, confined, made_at)"
              + " values (?, ?, ?, ?, ?, ?, now())",
          body.id().value(),
          id,
          cabinet,
          folders.isEmpty() || random.nextInt(3) == 0
              ? null
              : folders.get(random.nextInt(Math.min(folders.size(), 4))),
          "フォルダ" + i,
          random.nextInt(3) == 0);
      folders.add(id);
      if (random.nextInt(2) == 0) {
        run(
            connection,
            "insert into folder_opening values (?, ?, ?)",
            body.id().value(),
            id,
            sections.get(random.nextInt(sections.size())));
      }
      if (random.nextInt(2) == 0) {
        run(
            connection,
            "insert into folder_reader values (?, ?, ?)",
            body.id().value(),
            id,
            body.mayor());
      }
    }
    for (var contract : contracts) {
      if (random.nextInt(3) > 0) {
        run(
            connection,
            "insert into folder_contract values (?, ?, ?, now())",
            body.id().value(),
            contract,
            folders.get(random.nextInt(folders.size())));
      }
    }
  }

  private static UUID section(Connection connection, TestBody body, int number, UUID above)
      throws SQLException {
    var id = UUID.randomUUID();
    run(
        connection,
        "insert into section (tenant_id, id, code) values (?, ?, ?)",
        body.id().value(),
        id,
        "X" + number);
    run(
        connection,
        "insert into section_term (tenant_id, section_id, from_date, parent_id, name)"
            + " values (?, ?, date '2020-04-01', ?, ?)",
        body.id().value(),
        id,
        above,
        "課" + number);
    return id;
  }

  private static void close(Connection connection, TestBody body, UUID section, UUID successor)
      throws SQLException {
    run(
        connection,
        "update section_term set until_date = ? where tenant_id = ? and section_id = ?",
        LocalDate.of(2024, 4, 1),
        body.id().value(),
        section);
    run(
        connection,
        "update section set successor_id = ? where tenant_id = ? and id = ?",
        successor,
        body.id().value(),
        section);
  }

  private static UUID contract(
      Connection connection, TestBody body, UUID section, int number, boolean named)
      throws SQLException {
    var id = UUID.randomUUID();
    run(
        connection,
        "insert into vault_object values (?, repeat('a', 64), 1, 'application/pdf', now(), 1)"
            + " on conflict do nothing",
        body.id().value());
    run(
        connection,
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, pages, created_at)
        values (?, ?, ?, 'DRAFT', '見本', ?, ?, 'x.pdf', repeat('a', 64), 1, now())
        """,
        body.id().value(),
        id,
        "R8-" + number,
        section,
        body.clerk());
    if (named) {
      run(
          connection,
          """
          insert into party (tenant_id, id, contract_id, ordinal, turn, kind, organisation, name, staff_id)
          values (?, gen_random_uuid(), ?, 2, 2, 'OFFICE', '上毛市', '見本 太郎', ?)
          """,
          body.id().value(),
          id,
          body.mayor());
    }
    return id;
  }

  private static void run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
