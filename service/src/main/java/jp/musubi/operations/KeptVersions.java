package jp.musubi.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.operations.Snapshot.ContractRow;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the record says of the versions of one body's concluded files, by contract. */
record KeptVersions(Map<UUID, List<Row>> versions, Map<UUID, Instant> due) {

  /** A concluded file, or the same with further timestamps; the ordinals count up from 0. */
  record Row(UUID contract, String file, int ordinal, String sha256, Instant stampedAt) {}

  private record Due(UUID contract, Instant at) {}

  static KeptVersions read(JdbcClient jdbc) {
    return new KeptVersions(
        jdbc
            .sql("select * from protection order by contract_id, file, ordinal")
            .query((row, _) ->
                new Row(
                    row.getObject("contract_id", UUID.class),
                    row.getString("file"),
                    row.getInt("ordinal"),
                    row.getString("sha256"),
                    row.getTimestamp("stamped_at").toInstant()))
            .list()
            .stream()
            .collect(Collectors.groupingBy(Row::contract)),
        jdbc
            .sql(
                """
                select p.contract_id, p.due_at
                  from contract_protection p
                  join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                 where c.state = 'CONCLUDED'
                """)
            .query((row, _) ->
                new Due(
                    row.getObject("contract_id", UUID.class),
                    row.getTimestamp("due_at").toInstant()))
            .list()
            .stream()
            .collect(Collectors.toMap(Due::contract, Due::at)));
  }

  List<Row> of(ContractRow contract) {
    return versions.getOrDefault(contract.id(), List.of());
  }

  /** As it is handed out: the newest version of a concluded file. */
  String newest(ContractRow contract, String concluded) {
    var all = of(contract);
    return all.stream()
        .filter(version -> version.ordinal() == 0 && version.sha256().equals(concluded))
        .findFirst()
        .flatMap(first ->
            all.stream()
                .filter(version -> version.file().equals(first.file()))
                .reduce((_, later) -> later))
        .map(Row::sha256)
        .orElse(concluded);
  }

  /** Whether a contract's files should have been renewed before this moment. */
  boolean wasDueBefore(ContractRow contract, Instant moment) {
    var since = due.get(contract.id());
    return since != null && since.isBefore(moment);
  }
}
