package jp.musubi.counterparty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/** What was said in an application, out of its row. */
final class ApplicationRows {
  private ApplicationRows() {}

  static Application.Said said(ResultSet row) throws SQLException {
    return new Application.Said(
        row.getString("organisation"),
        Optional.ofNullable(row.getString("corporate_number")).map(CorporateNumber::new),
        row.getString("address"),
        row.getString("phone"),
        new Application.Signatory(
            row.getString("signatory_name"),
            row.getString("signatory_title"),
            row.getString("signatory_mail"),
            row.getString("authority").equals("AGENT"),
            row.getString("authority_text")),
        row.getString("clerk_name"),
        row.getString("clerk_mail"),
        row.getString("contract_title"),
        row.getObject("valid_until", LocalDate.class),
        row.getBoolean("wants_consent"));
  }
}
