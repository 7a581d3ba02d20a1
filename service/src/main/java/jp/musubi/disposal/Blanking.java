package jp.musubi.disposal;

import java.util.List;
import jp.musubi.contract.ContractId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 個人に関する記載の消去. Takes people out of a contract that was disposed of, but for what its record needs:
 * whom it was with, as an organisation, and who of the body agreed. The audit chain stays as it is.
 */
@Repository
class Blanking {
  private static final List<String> STEPS =
      List.of(
          "update delegation set title = '', name = '（廃棄済）', mail = '' where contract_id = :id",
          "update agreement set client_ip = '', user_agent = '' where contract_id = :id",
          // Last of what the search text is folded from.
          """
          update party set name = '（廃棄済）', title = '', mail = null, phone = null,
                           identification = 'MAIL'
           where contract_id = :id and kind = 'COUNTERPARTY'
          """,
          """
          update question set asked_by = '（廃棄済）', words = '（廃棄済）',
                              answer = case when answer is null then null else '（廃棄済）' end
           where contract_id = :id
          """,
          "update mail set recipient = '', subject = '', body = '' where contract_id = :id",
          "update elsewhere_record set report = '' where contract_id = :id",
          "delete from contract_text where contract_id = :id",
          "delete from shelf_entry where contract_id = :id",
          "delete from one_time_code where contract_id = :id",
          // What was registered for it, too: whoever comes back registers anew.
          """
          update counterparty_means
             set mail = '廃棄済', holder = '（廃棄済）', secret = null,
                 said_name = left(said_name, 0), said_number = left(said_number, 0),
                 ended_at = coalesce(ended_at, now()), end_reason = coalesce(end_reason, 'disposed')
           where contract_id = :id
          """,
          "delete from text_message where contract_id = :id",
          """
          update input_value set text = '', filled_by = '（廃棄済）', mail = null, client_ip = '',
                                 user_agent = ''
           where contract_id = :id
          """,
          "update input_request set name = '（廃棄済）', mail = '' where contract_id = :id",
          """
          update submission_file
             set handed_in_by = '（廃棄済）', mail = '', client_ip = '', user_agent = '', reason = ''
           where wanted_id in (select w.id from submission_wanted w
                                 join submission_call s on s.tenant_id = w.tenant_id
                                                       and s.id = w.call_id
                                where s.contract_id = :id)
          """,
          """
          update submission_link set name = '（廃棄済）', mail = ''
           where call_id in (select id from submission_call where contract_id = :id)
          """,
          "update submission_call set name = '（廃棄済）', mail = '' where contract_id = :id");

  private final JdbcClient jdbc;

  Blanking(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the caller's transaction. */
  void of(ContractId contract) {
    STEPS.forEach(step -> jdbc.sql(step).param("id", contract.value()).update());
  }
}
