package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import jp.musubi.ServiceTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("トランザクションの始まり")
class TenantTransactionManagerTest {
  @Autowired DataSource database;

  @Test
  @DisplayName("始まりで切れた接続はスレッドに残らず、次のトランザクションは新しい接続で始まる")
  void leavesNoDeadConnectionWithTheThread() {
    var dies = new AtomicBoolean(true);
    var source =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            return dies.getAndSet(false) ? dead(connection) : connection;
          }
        };
    var transactions =
        new TransactionTemplate(new TenantTransactionManager(source, FaultPoints.none()));
    var jdbc = JdbcClient.create(source);
    var tenant = new TenantId(UUID.randomUUID());

    assertThatThrownBy(() -> Tenancy.in(tenant, () -> transactions.execute(_ -> 1)))
        .isInstanceOf(CannotCreateTransactionException.class);
    assertThat(TransactionSynchronizationManager.hasResource(source)).isFalse();
    var told =
        Tenancy.in(
            tenant,
            () ->
                transactions.execute(_ ->
                    jdbc.sql("select current_setting('app.tenant')").query(String.class).single()));
    assertThat(told).isEqualTo(tenant.toString());
  }

  /** A connection on which nothing can be asked any more. */
  private static Connection dead(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                throw new SQLException("Connection is closed");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
