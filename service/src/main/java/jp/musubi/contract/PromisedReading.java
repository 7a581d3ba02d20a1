package jp.musubi.contract;

import jp.musubi.evidence.KeepingFloor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The longest time that a contract of the body is promised to its counterparty for. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PromisedReading implements KeepingFloor {
  private final JdbcClient jdbc;

  PromisedReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public int years() {
    return jdbc.sql("select coalesce(max(reading_years), 0) from contract")
        .query(Integer.class)
        .single();
  }
}
