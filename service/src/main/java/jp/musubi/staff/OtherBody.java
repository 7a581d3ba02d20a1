package jp.musubi.staff;

import java.util.function.Supplier;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * ほかの団体のための仕事. What an operator does within another body and what their own body records of it are
 * one transaction, so that neither stands without the other.
 */
@Component
class OtherBody {
  private final JdbcClient jdbc;

  OtherBody(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Does the work for the body, within the caller's transaction; then that is the caller's again.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public <T> T in(TenantId body, Supplier<T> work) {
    var home = Tenancy.required();
    bind(body);
    var done = Tenancy.<T, RuntimeException>in(body, work::get);
    bind(home);
    return done;
  }

  private void bind(TenantId tenant) {
    jdbc.sql("select set_config('app.tenant', :tenant, true)")
        .param("tenant", tenant.toString())
        .query(String.class)
        .single();
  }
}
