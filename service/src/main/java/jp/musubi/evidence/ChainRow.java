package jp.musubi.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the chain as it lies there.
 *
 * @param columns what its columns say
 * @param entry the text that was hashed
 */
record ChainRow(ChainedEntry columns, String entry, String prevHash, String hash) {
  private static final JsonMapper READER = JsonMapper.builder().build();

  static ChainRow of(ResultSet row) throws SQLException {
    var entry = row.getString("entry");
    return new ChainRow(
        new ChainedEntry(
            new TenantId(row.getObject("tenant_id", UUID.class)),
            row.getLong("seq"),
            row.getTimestamp("at").toInstant(),
            new Actor(
                Actor.Kind.valueOf(row.getString("actor_kind")),
                row.getString("actor_id"),
                row.getString("actor_name")),
            row.getString("action"),
            row.getObject("contract_id", UUID.class),
            row.getString("client_ip"),
            details(entry)),
        entry,
        row.getString("prev_hash"),
        row.getString("hash"));
  }

  /**
   * None of a text that is no JSON any more: that its hash is wrong is said by {@link ChainWalk}.
   */
  private static Map<String, String> details(String entry) {
    var details = new TreeMap<String, String>();
    try {
      READER
          .readTree(entry)
          .path("details")
          .propertyStream()
          .forEach(fact -> details.put(fact.getKey(), fact.getValue().asString()));
    } catch (JacksonException damaged) {
      return Map.of();
    }
    return details;
  }

  AuditEntry shown() {
    return new AuditEntry(
        columns.seq(),
        columns.at(),
        columns.actor(),
        columns.action(),
        columns.contractId(),
        columns.clientIp(),
        columns.details(),
        hash);
  }
}
