package jp.musubi.authority;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.shelf.TestShelf;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Contracts that most people of a body may not know of, one for each state in which some page could
 * name or count it, with everything hung on them that other pages list.
 *
 * @param ids of all of them
 * @param concluded one that was concluded lately
 * @param things what they lie in: a sample, a proposal, a round, a run, by the route's variable
 * @param marks what no answer may have in it that somebody gets who may not know of them
 */
record HiddenContracts(
    List<UUID> ids, UUID concluded, Map<String, UUID> things, List<String> marks) {
  static final String TITLE = "秘匿する案件";
  static final String PARTY = "株式会社 隠里組";

  /** On whose shelf the one lies that was concluded lately. */
  static final String PARTY_MAIL = "shinobu@kakurezato.example";

  private static final String CLOSE_AND_CONCLUDED =
      """
      final_sha256 = prepared_sha256, certificate_sha256 = prepared_sha256,
      certificate_masked_sha256 = prepared_sha256, dispatched_at = now() - interval '40 days',
      deadline = now() - interval '20 days'
      """;

  private static final String UNDER_WAY =
      "state = 'AWAITING_AGREEMENTS', dispatched_at = now() - interval '40 days',"
          + " deadline = now() + interval '1 day'";

  /**
   * Writes them.
   *
   * @param section where they lie
   * @param folder that they lie in; null for none
   * @param knower who has them in hand, signs and approves them
   * @param post of the knower, by which they approve
   */
  static HiddenContracts write(
      TestBody body,
      Vault vault,
      UUID section,
      @Nullable UUID folder,
      UUID knower,
      UUID post,
      UUID route) {
    var made = new Making(body, vault, section, folder, knower);
    var lately =
        made.contract(
            "state = 'CONCLUDED', concluded_at = now() - interval '9 days', contract_date ="
                + " current_date - 10, period_from = current_date - 300, period_until ="
                + " current_date + 20, amount = 7654321, "
                + CLOSE_AND_CONCLUDED);
    made.run(
        """
        insert into protection (tenant_id, contract_id, file, ordinal, sha256, stamped_at, authority,
                                algorithms, ends_at, cause, why, recorded_at)
        select tenant_id, id, 'FINAL', 0, final_sha256, concluded_at, 'CN=試用 #1',
               array['SHA-256', 'ECDSA-256'], now() + interval '8 years', 'CERTIFICATE_EXPIRY',
               'CONCLUSION', now()
          from contract where id = ?
        """,
        lately);
    var entry = UUID.randomUUID();
    TestShelf.put(entry, lately, PARTY_MAIL);
    made.contract(
        "state = 'CONCLUDED', council_vote = true, concluded_at = now() - interval '9 days', "
            + CLOSE_AND_CONCLUDED);
    var due =
        made.contract(
            "state = 'CONCLUDED', concluded_at = timestamptz '2012-04-02 09:00+09', period_until ="
                + " date '2013-03-31', "
                + CLOSE_AND_CONCLUDED);
    var proposed =
        made.contract(
            "state = 'CONCLUDED', concluded_at = timestamptz '2012-04-02 09:00+09', period_until ="
                + " date '2013-03-31', "
                + CLOSE_AND_CONCLUDED);
    for (var kept : List.of(due, proposed)) {
      made.run(
          """
          insert into register_entry (tenant_id, contract_id, version, long_term, debt_burden,
                                      budget_clause, decision_number, keeping_years,
                                      keeping_forever, changed_at)
          values (?, ?, 1, false, false, false, '', 5, false, now())
          """,
          body.id().value(),
          kept);
    }
    var withCounterparty = made.contract(UNDER_WAY);
    made.agreed(withCounterparty, 0);
    made.asked(withCounterparty);
    var withOffice = made.contract(UNDER_WAY);
    made.agreed(withOffice, 0);
    made.agreed(withOffice, 1);
    var draft = made.contract("deadline = now() + interval '14 days'");
    made.run(
        """
        insert into approval (tenant_id, id, contract_id, route_id, version, document_sha256,
                              content_sha256, decision_number, rebuilt_sha256, asked_by, asked_at,
                              state)
        values (?, ?, ?, ?, 0, repeat('a', 64), repeat('a', 64), '', repeat('a', 64), ?,
                now() - interval '5 days', 'UNDER_WAY')
        """,
        body.id().value(),
        draft,
        draft,
        route,
        knower);
    made.run(
        "insert into approval_seat (tenant_id, approval_id, step, post_id, all_of)"
            + " values (?, ?, 0, ?, true)",
        body.id().value(),
        draft,
        post);
    made.contract("state = 'DECLINED', ended_at = now() - interval '2 days', " + sent());
    made.contract("state = 'RETURNED', ended_at = now() - interval '2 days', " + sent());
    made.contract("state = 'ON_PAPER', ended_at = now(), contract_date = current_date - 3");
    made.contract(
        "state = 'ELSEWHERE', concluded_at = now() - interval '3 days', final_sha256 ="
            + " document_sha256, prepared_sha256 = null");
    return new HiddenContracts(
        List.copyOf(made.ids), lately, made.things(lately, proposed, draft, entry), made.marks());
  }

  private static String sent() {
    return "dispatched_at = now() - interval '9 days', deadline = now() + interval '9 days'";
  }

  /** What writes them, past the triggers that let nobody begin in the middle. */
  private static final class Making {
    private final TestBody body;
    private final Vault vault;
    private final UUID section;
    private final @Nullable UUID folder;
    private final UUID knower;
    private final List<UUID> ids = new ArrayList<>();

    Making(TestBody body, Vault vault, UUID section, @Nullable UUID folder, UUID knower) {
      this.body = body;
      this.vault = vault;
      this.section = section;
      this.folder = folder;
      this.knower = knower;
    }

    UUID contract(String columns) {
      var id = TestContract.draft(body, vault).id().value();
      TestPeople.run(
          """
          do $$ begin set local session_replication_role = replica;
          update contract set title = '%s ' || left(id::text, 4), section_id = '%s', clerk_id = '%s',
                 %s
           where id = '%s';
          update party set organisation = '%s', name = '隠里 忍'
           where contract_id = '%5$s' and kind = 'COUNTERPARTY';
          update party set staff_id = '%s' where contract_id = '%5$s' and kind <> 'COUNTERPARTY';
          update contract c
             set folded = concat(fold(c.title), E'\\n', fold(c.number), E'\\n',
                                 folded_counterparties(c.tenant_id, c.id))
           where id = '%5$s';
          end $$
          """
              .formatted(TITLE, section, knower, columns, id, PARTY, knower));
      if (folder != null) {
        run(
            "insert into folder_contract (tenant_id, contract_id, folder_id, filed_at)"
                + " values (?, ?, ?, now())",
            body.id().value(),
            id,
            folder);
      }
      ids.add(id);
      return id;
    }

    void agreed(UUID contract, int ordinal) {
      TestPeople.run(
          """
          do $$ begin set local session_replication_role = replica;
          insert into agreement (tenant_id, id, contract_id, party_id, ordinal, document_sha256,
                                 agreed_at, authentication, level, consent_text, client_ip,
                                 user_agent)
          select tenant_id, gen_random_uuid(), contract_id, id, ordinal, repeat('a', 64),
                 now() - interval '39 days', 'PASSWORD', 'L3', '同意', '192.0.2.1', 'test'
            from party where contract_id = '%s' and ordinal = %d; end $$
          """
              .formatted(contract, ordinal));
    }

    /** A question that waits for its answer, and a letter that did not arrive. */
    void asked(UUID contract) {
      run(
          """
          insert into question (tenant_id, id, contract_id, party_id, asked_by, words, asked_at)
          select tenant_id, gen_random_uuid(), contract_id, id, name, '第3条の検査はいつですか。', now()
            from party where contract_id = ? and kind = 'COUNTERPARTY'
          """,
          contract);
      run(
          """
          insert into mail (tenant_id, id, occasion, contract_id, recipient, subject, body,
                            message_id, created_at, attempts, last_error, gave_up_at)
          select tenant_id, gen_random_uuid(), 'turn/' || id, contract_id, mail, '契約のご確認', '本文',
                 id || '@musubi.example', now(), 9, '550 no such user', now()
            from party where contract_id = ? and kind = 'COUNTERPARTY'
          """,
          contract);
    }

    Map<String, UUID> things(UUID lately, UUID proposed, UUID draft, UUID entry) {
      var tenant = body.id().value();
      var round = UUID.randomUUID();
      run(
          """
          insert into verification_round (tenant_id, id, asked_by, asked_name, asked_at, from_date,
                                          until_date)
          values (?, ?, ?, '知る 人', now(), current_date - 30, current_date)
          """,
          tenant,
          round,
          knower);
      run(
          "insert into verification_item (tenant_id, round_id, contract_id) values (?, ?, ?)",
          tenant,
          round,
          lately);
      var proposal = UUID.randomUUID();
      run(
          """
          insert into disposal_proposal (tenant_id, id, reason, proposed_by, proposed_name,
                                         proposed_at)
          values (?, ?, '保存期間の満了', ?, '知る 人', now())
          """,
          tenant,
          proposal,
          knower);
      run("insert into disposal_item values (?, ?, ?, true)", tenant, proposal, proposed);
      var sample = UUID.randomUUID();
      run(
          """
          insert into audit_sample (tenant_id, id, auditor_id, purpose, method, conditions,
                                    candidates, drawn_at)
          values (?, ?, ?, '定期監査', 'PICKED', '', 1, now())
          """,
          tenant,
          sample,
          knower);
      run("insert into audit_sample_contract values (?, ?, ?)", tenant, sample, lately);
      var run = UUID.randomUUID();
      TestPeople.run(
          """
          do $$ begin set local session_replication_role = replica;
          insert into bulk_run (tenant_id, id, template_id, section_id, clerk_id, office_id,
                                file_name, deadline, reading_years, made_at, state, maker_ip)
          values ('%1$s', '%2$s', gen_random_uuid(), '%3$s', '%4$s', '%5$s', '%6$s.csv',
                  now() + interval '9 days', 10, now(), 'MADE', '192.0.2.1');
          insert into bulk_row (tenant_id, run_id, line, cells, state, contract_id)
          values ('%1$s', '%2$s', 2, '[]', 'DRAFTED', '%7$s');
          end $$
          """
              .formatted(tenant, run, section, knower, body.office(), "一覧", draft));
      return Map.of(
          "round", round, "proposal", proposal, "sample", sample, "run", run, "entry", entry);
    }

    List<String> marks() {
      var marks = new ArrayList<String>(List.of(TITLE, PARTY, "隠里 忍"));
      for (var id : ids) {
        marks.add(id.toString());
        marks.add(TestPeople.text("select number from contract where id = ?", id));
      }
      return List.copyOf(marks);
    }

    void run(String sql, @Nullable Object... values) {
      TestPeople.run(sql, values);
    }
  }
}
