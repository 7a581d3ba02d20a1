package jp.musubi.contract;

import java.util.List;
import java.util.Locale;
import jp.musubi.platform.web.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** はじめての宛先. To which addresses the current body has sent contracts before. */
@Component
class FormerRecipients implements SendingCaution {
  private final JdbcClient jdbc;

  FormerRecipients(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Text> of(Particulars draft) {
    return draft.parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> party.mail() != null && !isKnown(party.mail()))
        .map(party -> Text.of("contract.warning.firstTime", party.signature(), "" + party.mail()))
        .toList();
  }

  private boolean isKnown(String mail) {
    return jdbc.sql(
            """
            select exists (select from party p
                             join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                            where p.kind = 'COUNTERPARTY' and lower(p.mail) = :mail
                              and c.dispatched_at is not null)
            """)
        .param("mail", mail.toLowerCase(Locale.ROOT))
        .query(Boolean.class)
        .single();
  }
}
