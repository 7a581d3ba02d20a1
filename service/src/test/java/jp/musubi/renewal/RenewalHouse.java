package jp.musubi.renewal;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A body with concluded contracts: really sealed ones, and rows that are as if they were. */
final class RenewalHouse {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  final TestBody body = TestBody.create("-");
  final UUID admin = TestPeople.member(body, "kanri", "管理 かんり", body.section(), "BODY_ADMIN", null);
  private final MockMvc mvc;
  private final Contracts contracts;
  private final Vault vault;

  RenewalHouse(MockMvc mvc, Contracts contracts, Vault vault) {
    this.mvc = mvc;
    this.contracts = contracts;
    this.vault = vault;
  }

  /** Really sent, agreed to, sealed and concluded, and its end is known. */
  ContractId concluded() {
    var id = TestSeals.concluded(contracts, vault, body);
    TestSeals.await(
        contracts,
        body,
        id,
        PATIENCE,
        _ -> count("select count(*) from protection where contract_id = ?", id.value()) == 3);
    return id;
  }

  /** Until the versions are so many. */
  void awaitVersions(ContractId id, int versions) {
    TestSeals.await(
        contracts,
        body,
        id,
        PATIENCE,
        _ ->
            count("select count(*) from protection where contract_id = ?", id.value()) == versions);
  }

  /** As if it had been concluded on a day, and its timestamp ended at a time. */
  UUID asIfConcluded(UUID section, String title, Instant concluded, Instant ends) {
    var id = TestContract.draft(body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', final_sha256 = document_sha256,
               certificate_sha256 = document_sha256, certificate_masked_sha256 = document_sha256,
               dispatched_at = now(), deadline = now() + interval '1 day', title = '%s',
               section_id = '%s', concluded_at = timestamptz '%s'
         where id = '%s'; end $$
        """
            .formatted(title, section, concluded, id));
    TestPeople.run(
        """
        insert into protection (tenant_id, contract_id, file, ordinal, sha256, stamped_at, authority,
                                algorithms, ends_at, cause, why, recorded_at)
        select tenant_id, id, 'FINAL', 0, final_sha256, concluded_at, 'CN=試用 #1',
               array['SHA-256', 'ECDSA-256'], cast(? as timestamptz), 'CERTIFICATE_EXPIRY',
               'CONCLUSION', now()
          from contract where id = ?
        """,
        ends.toString(),
        id);
    return id;
  }

  /** Into a folder that is kept from all but these. */
  void confine(UUID contract, UUID... readers) {
    var folder = UUID.randomUUID();
    TestPeople.run(
        """
        insert into folder (tenant_id, id, section_id, name, confined, made_at)
        values (?, ?, ?, '親展', true, now())
        """,
        body.id().value(),
        folder,
        body.section());
    TestPeople.run(
        """
        insert into folder_contract (tenant_id, contract_id, folder_id, filed_at)
        values (?, ?, ?, now())
        """,
        body.id().value(),
        contract,
        folder);
    for (var reader : readers) {
      TestPeople.run(
          "insert into folder_reader (tenant_id, folder_id, staff_id) values (?, ?, ?)",
          body.id().value(),
          folder,
          reader);
    }
  }

  static int count(String sql, UUID value) {
    return Integer.parseInt(TestPeople.text(sql, value));
  }

  static String number(UUID contract) {
    return TestPeople.text("select number from contract where id = ?", contract);
  }

  MockHttpServletResponse open(UUID who, String path) throws Exception {
    return answered(
        mvc.perform(get(path).with(TestPeople.as(body, who))).andReturn().getResponse());
  }

  Document page(UUID who, String path) throws Exception {
    return Jsoup.parse(open(who, path).getContentAsString());
  }

  MockHttpServletResponse press(UUID who, String path, String... typed) throws Exception {
    return press(body, who, path, typed);
  }

  MockHttpServletResponse press(TestBody at, UUID who, String path, String... typed)
      throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(at, who));
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    return answered(mvc.perform(request).andReturn().getResponse());
  }

  private static MockHttpServletResponse answered(MockHttpServletResponse answer) {
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }
}
