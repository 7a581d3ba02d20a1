package jp.musubi.platform;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Tells PostgreSQL at the start of every transaction which body it serves, and which holder of a
 * 契約の控え. The settings are local to the transaction, so a pooled connection never carries one body's
 * rows to another (S19).
 */
class TenantTransactionManager extends JdbcTransactionManager {

  private final FaultPoints faults;

  TenantTransactionManager(DataSource dataSource, FaultPoints faults) {
    super(dataSource);
    this.faults = faults;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    try {
      Tenancy.current().ifPresent(tenant -> announce("app.tenant", tenant.toString()));
      Holding.current().ifPresent(holder -> announce("app.holder", holder.hex()));
    } catch (RuntimeException e) {
      // Nobody ends what was not begun: the dead connection would stay with this thread for good.
      doCleanupAfterCompletion(transaction);
      throw e;
    }
  }

  /** What only reads leaves nothing behind that a commit could lose. */
  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    if (status.isReadOnly()) {
      super.doCommit(status);
      return;
    }
    faults.reached("commit:before");
    super.doCommit(status);
    faults.reached("commit:after");
  }

  private void announce(String setting, String value) {
    var connection = DataSourceUtils.getConnection(obtainDataSource());
    try (var statement = connection.prepareStatement("select set_config(?, ?, true)")) {
      statement.setString(1, setting);
      statement.setString(2, value);
      statement.execute();
    } catch (SQLException e) {
      throw new CannotCreateTransactionException("the database was not told " + setting, e);
    }
  }
}
