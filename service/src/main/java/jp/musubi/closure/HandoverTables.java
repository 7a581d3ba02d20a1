package jp.musubi.closure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 引き継ぐ記録. Every table of bodies, from the catalogue, but for what is a secret or only the service's
 * own way of working; those are named, and the set says so.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class HandoverTables {
  private static final int ROWS_AT_ONCE = 1000;

  /** Secrets of people and of the service; nobody else may have them. */
  static final Set<String> SECRET =
      Set.of(
          "access_code",
          "application_proof",
          "body_key",
          "counterparty_means",
          "counterparty_passkey",
          "idempotency",
          "invitation",
          "link",
          "one_time_code",
          "program_key",
          "recipient_link",
          "saml_assertion",
          "shelf_holder",
          "shelf_link",
          "shelf_session",
          "sso_errand",
          "sso_identity",
          "sso_provider",
          "staff_passkey",
          "staff_recovery_code",
          "staff_session",
          "staff_totp",
          "submission_link",
          "text_message",
          "webhook_endpoint");

  /** How this service works inside, or how far a form was filled in; means nothing elsewhere. */
  static final Set<String> INNER =
      Set.of(
          "address_rule",
          "asking",
          "bulk_finding",
          "bulk_row",
          "bulk_run",
          "contract_text",
          "elsewhere_upload",
          "file_inquiry",
          "handover_file",
          "key_custody",
          "mail_inquiry",
          "nightly_audit",
          "object_copy",
          "object_finding",
          "object_round",
          "program",
          "protection_work",
          "saved_search",
          "seal_claim",
          "section_list",
          "section_list_row",
          "search_block",
          "search_index",
          "search_pending",
          "search_posting",
          // Says again what stands in contract and party.
          "shelf_entry",
          "shelf_inquiry",
          "sign_in_policy",
          "supplier_list",
          "supplier_list_row",
          "transfer",
          "transfer_finding",
          "transfer_row",
          "webhook_delivery");

  /** Beside bytes, which are encrypted: whatever is called like a secret, also one added later. */
  private static final Pattern HIDDEN =
      Pattern.compile("tenant_id|.*(secret|token|password).*|(?!prev_).*_hash");

  private final JdbcClient jdbc;

  HandoverTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A column that is handed over. */
  record Column(String name, String type) {}

  /** The tables with their columns. */
  Map<String, List<Column>> columns() {
    var tables = new TreeMap<String, List<Column>>();
    jdbc.sql(
            """
            select table_name, column_name, data_type
              from information_schema.columns
             where table_schema = 'public' and data_type <> 'bytea'
               and table_name = any (array(select tables_of_bodies()))
             order by table_name, ordinal_position
            """)
        .query((row, _) -> {
          var table = row.getString("table_name");
          var name = row.getString("column_name");
          return !SECRET.contains(table)
              && !INNER.contains(table)
              && !HIDDEN.matcher(name).matches()
              && tables
                  .computeIfAbsent(table, _ -> new ArrayList<>())
                  .add(new Column(name, row.getString("data_type")));
        })
        .list();
    return tables;
  }

  /** Writes the current body's rows, one JSON object a line; how many there were. */
  long write(String table, List<Column> columns, OutputStream out) {
    var written = new AtomicLong();
    var names =
        columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "));
    try (var rows =
        jdbc
            .sql(
                "select row_to_json(r)::text from (select %s from \"%s\" order by 1, 2) r"
                    .formatted(columns.size() > 1 ? names : names + ", 1 as one", table))
            .withFetchSize(ROWS_AT_ONCE)
            .query(String.class)
            .stream()) {
      rows.forEach(row -> {
        try {
          out.write(row.getBytes(StandardCharsets.UTF_8));
          out.write('\n');
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        written.incrementAndGet();
      });
    }
    return written.get();
  }
}
