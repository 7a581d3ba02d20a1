package jp.musubi.disposal;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A body with contracts whose 保存年限 has ended, and the people who dispose of them. */
final class DisposalHouse {
  final TestBody body;
  final UUID admin;
  final UUID approver;
  private final MockMvc mvc;
  private final Vault vault;

  DisposalHouse(MockMvc mvc, Vault vault, TestBody body, String passwordHash) {
    this.mvc = mvc;
    this.vault = vault;
    this.body = body;
    admin = TestPeople.member(body, "kanri", "管理 かんり", body.section(), "BODY_ADMIN", null);
    approver = TestPeople.member(body, "shonin", "承認 しょうにん", body.section(), "APPROVER", null);
    TestPeople.run(
        "update staff set password_hash = ? where tenant_id = ?", passwordHash, body.id().value());
  }

  /** As if it had been concluded, with bytes of its own; ended on that day, kept for so long. */
  UUID concluded(LocalDate ended, int years) {
    return concluded(store("契約書 " + UUID.randomUUID()), ended, years);
  }

  /** The same with these bytes. */
  UUID concluded(Sha256 file, LocalDate ended, int years) {
    var contract = TestContract.draft(body, vault).id().value();
    var certificate = store("締結証明書 " + contract);
    var copy = store("相手方への締結証明書 " + contract);
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', document_sha256 = '%2$s', prepared_sha256 = '%2$s',
               final_sha256 = '%2$s', certificate_sha256 = '%3$s',
               certificate_masked_sha256 = '%4$s', dispatched_at = now(),
               deadline = now() + interval '1 day', period_until = date '%5$s',
               concluded_at = timestamptz '2012-04-02 09:00+09'
         where id = '%1$s'; end $$
        """
            .formatted(contract, file, certificate, copy, ended));
    keep(contract, years);
    return contract;
  }

  void keep(UUID contract, int years) {
    TestPeople.run(
        """
        insert into register_entry (tenant_id, contract_id, version, long_term, debt_burden,
                                    budget_clause, decision_number, keeping_years, keeping_forever,
                                    changed_at)
        values (?, ?, 1, false, false, false, '', ?, false, now())
        """,
        body.id().value(),
        contract,
        years);
  }

  /** One that was due long ago. */
  UUID due() {
    return concluded(LocalDate.of(2013, 3, 31), 5);
  }

  Sha256 store(String text) {
    try {
      var file = Files.writeString(Files.createTempFile("upload", null), text);
      return Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Sha256 file(UUID contract) {
    return Sha256.parse(text("select final_sha256 from contract where id = ?", contract));
  }

  static String state(UUID contract) {
    return text("select state from contract where id = ?", contract);
  }

  static String number(UUID contract) {
    return text("select number from contract where id = ?", contract);
  }

  static String text(String sql, UUID value) {
    return TestPeople.text(sql, value);
  }

  MockHttpServletResponse open(UUID who, String path) throws Exception {
    var answer = mvc.perform(get(path).with(TestPeople.as(body, who))).andReturn().getResponse();
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }

  Document page(UUID who, String path) throws Exception {
    return Jsoup.parse(open(who, path).getContentAsString());
  }

  MockHttpServletResponse press(UUID who, String path, String... typed) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, who));
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    var answer = mvc.perform(request).andReturn().getResponse();
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }

  /** The path of a proposal of these. */
  String propose(UUID who, UUID... contracts) throws Exception {
    var answer = proposing(who, contracts);
    if (answer.getRedirectedUrl() == null) {
      throw new AssertionError(answer.getStatus() + " " + answer.getContentAsString());
    }
    return answer.getRedirectedUrl();
  }

  MockHttpServletResponse proposing(UUID who, UUID... contracts) throws Exception {
    var typed = new String[4 + 2 * contracts.length];
    typed[0] = "idempotencyKey";
    typed[1] = UUID.randomUUID().toString();
    typed[2] = "reason";
    typed[3] = "保存期間が満了したため";
    for (var i = 0; i < contracts.length; i++) {
      typed[4 + 2 * i] = "picked";
      typed[5 + 2 * i] = contracts[i].toString();
    }
    return press(who, "/disposal/proposals", typed);
  }

  MockHttpServletResponse confirm(UUID who, String proposal) throws Exception {
    return confirm(who, proposal, page(who, proposal + "/confirmation"), TestBody.PASSWORD);
  }

  MockHttpServletResponse confirm(UUID who, String proposal, Document seen, String password)
      throws Exception {
    return press(
        who,
        proposal + "/confirmation",
        "idempotencyKey",
        seen.select("form[action$=/confirmation] [name=idempotencyKey]").val(),
        "shown",
        seen.select("[name=shown]").val(),
        "confirmed",
        "true",
        "password",
        password);
  }

  /** Both at once. */
  void dispose(UUID... contracts) throws Exception {
    var answer = confirm(approver, propose(admin, contracts));
    if (answer.getStatus() != 302) {
      throw new AssertionError(answer.getStatus() + " " + answer.getContentAsString());
    }
  }

  /** Everything that lies in the first store for this body. */
  long stored() {
    try (var all = Files.walk(ServiceTest.RealParts.store().resolve(body.id().toString()))) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
