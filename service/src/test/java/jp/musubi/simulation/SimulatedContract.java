package jp.musubi.simulation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/** A draft ready to be sent: the clerk, one counterparty or two of one turn, and the mayor. */
record SimulatedContract(ContractId id, Sha256 prepared, List<PartyId> parties) {

  static SimulatedContract draft(
      Connection connection, TestBody body, Sha256 prepared, int counterparties)
      throws SQLException {
    var parties = new ArrayList<PartyId>();
    for (var i = 0; i < counterparties + 2; i++) {
      parties.add(new PartyId(UUID.randomUUID()));
    }
    var contract = new SimulatedContract(new ContractId(UUID.randomUUID()), prepared, parties);
    contract.write(connection, body);
    return contract;
  }

  int office() {
    return parties.size() - 1;
  }

  private void write(Connection connection, TestBody body) throws SQLException {
    run(
        connection,
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, office_id,
                              file_name, document_sha256, prepared_sha256, pages, created_at)
        values (?, ?, ?, 'DRAFT', '市道1024号線 舗装修繕工事', ?, ?, ?, '工事請負契約書.pdf', ?, ?, 1, ?)
        """,
        body.id().value(),
        id.value(),
        "R8-" + id.toString().substring(0, 8),
        body.section(),
        body.clerk(),
        body.office(),
        prepared.hex(),
        prepared.hex(),
        java.sql.Timestamp.from(World.BEGINNING));
    for (var ordinal = 0; ordinal < parties.size(); ordinal++) {
      party(connection, body, ordinal);
    }
  }

  private void party(Connection connection, TestBody body, int ordinal) throws SQLException {
    var sender = ordinal == 0;
    var office = ordinal == office();
    run(
        connection,
        """
        insert into party (tenant_id, id, contract_id, ordinal, kind, organisation, title, name,
                           mail, staff_id, turn, capacity)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        body.id().value(),
        parties.get(ordinal).value(),
        id.value(),
        ordinal,
        sender ? "SENDER" : office ? "OFFICE" : "COUNTERPARTY",
        sender || office ? "上毛市" : "株式会社 見本建設",
        sender ? "主事" : office ? "上毛市長" : "代表取締役",
        sender ? "見本 花子" : office ? "見本 太郎" : "例田 一郎",
        sender
            ? "hanako@joumou.example"
            : office
                ? null
                : "p%d-%s@kensetsu.example".formatted(ordinal, id.toString().substring(0, 8)),
        sender ? body.clerk() : office ? body.mayor() : null,
        sender ? 0 : office ? 2 : 1,
        sender || office ? null : "AUTHORITY");
  }

  private static void run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
