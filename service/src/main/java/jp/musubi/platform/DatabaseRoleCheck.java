package jp.musubi.platform;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start as a database role that row-level security does not bind (WEB-7): a superuser, a
 * role with BYPASSRLS, or the owner of a table.
 */
@Component
class DatabaseRoleCheck implements InitializingBean {
  private final JdbcClient jdbc;

  DatabaseRoleCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void afterPropertiesSet() {
    var unbound =
        jdbc.sql(
                """
                select rolsuper or rolbypassrls
                       or exists (select from pg_class c
                                   where c.relowner = r.oid and c.relkind in ('r', 'p'))
                  from pg_roles r where rolname = current_user
                """)
            .query(Boolean.class)
            .single();
    if (unbound) {
      throw new IllegalStateException(
          "spring.datasource.username: a role that row-level security does not bind"
              + " (expected: musubi_app, which owns nothing and has neither SUPERUSER nor BYPASSRLS)");
    }
  }
}
