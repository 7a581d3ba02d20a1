package jp.musubi.platform.secrets;

import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Refuses to start when a body's key was wrapped by a master key that no setting names: its files
 * could not be opened, and what is stored from now on would need two keys.
 */
@Component
class MasterKeyCheck implements InitializingBean {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final MasterKeys masters;

  MasterKeyCheck(JdbcClient jdbc, PlatformTransactionManager transactions, MasterKeys masters) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.masters = masters;
  }

  @Override
  public void afterPropertiesSet() {
    var missing = new TreeMap<String, Integer>();
    for (var body : bodies()) {
      Tenancy.in(
          body,
          () ->
              transaction.execute(_ ->
                  missingHere().stream().map(id -> missing.merge(id, 1, Integer::sum)).toList()));
    }
    if (!missing.isEmpty()) {
      throw new MasterKeyMissing(
          ("the master key does not open the keys of %d bodies: they were wrapped by master key %s,"
                  + " the settings name %s. Put the right key file back"
                  + " (musubi.secrets.master-key-file), or name the one before with"
                  + " musubi.secrets.former-master-key-file. Without it no stored file opens.")
              .formatted(
                  missing.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                  String.join(", ", missing.keySet()),
                  masters.current().id()));
    }
  }

  private List<String> missingHere() {
    return jdbc
        .sql("select distinct master_id from body_key")
        .query((row, _) -> row.getString("master_id"))
        .list()
        .stream()
        .filter(id -> !masters.know(id))
        .toList();
  }

  private List<TenantId> bodies() {
    return jdbc.sql("select id from body")
        .query((row, _) -> new TenantId(row.getObject("id", UUID.class)))
        .list();
  }
}
