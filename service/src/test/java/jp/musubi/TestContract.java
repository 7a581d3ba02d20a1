package jp.musubi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A draft ready to be sent, with the clerk as sender, a counterparty, and the mayor.
 *
 * @param prepared digest of the file with its signature fields
 */
public record TestContract(ContractId id, Sha256 prepared, List<PartyId> parties) {

  /** Stores a one-page contract as a draft of {@code body}. */
  public static TestContract draft(TestBody body, Vault vault) {
    var contract =
        new TestContract(
            new ContractId(UUID.randomUUID()),
            Tenancy.in(body.id(), () -> store(vault)),
            List.of(
                new PartyId(UUID.randomUUID()),
                new PartyId(UUID.randomUUID()),
                new PartyId(UUID.randomUUID())));
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      contract.write(connection, body);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return contract;
  }

  private static Sha256 store(Vault vault) {
    try (var document = new PDDocument()) {
      var plain = Files.createTempFile("plain", ".pdf");
      var prepared = Files.createTempFile("prepared", ".pdf");
      document.addPage(new PDPage(PDRectangle.A4));
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      document.save(plain.toFile());
      Preparation.prepare(
          plain,
          prepared,
          IntStream.range(0, 3).mapToObj(i -> new SignatureField("musubi-" + i)).toList());
      return vault.put(prepared, "application/pdf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(java.sql.Connection connection, TestBody body) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into contract (tenant_id, id, number, state, title, section_id, clerk_id,
                                  office_id, file_name, document_sha256, prepared_sha256, pages,
                                  created_at)
            values (?, ?, ?, 'DRAFT', '市道1024号線 舗装修繕工事', ?, ?, ?, '工事請負契約書.pdf', ?, ?, 1,
                    now())
            """)) {
      statement.setObject(1, body.id().value());
      statement.setObject(2, id.value());
      statement.setString(3, "R8-" + id.toString().substring(0, 6));
      statement.setObject(4, body.section());
      statement.setObject(5, body.clerk());
      statement.setObject(6, body.office());
      statement.setString(7, prepared.hex());
      statement.setString(8, prepared.hex());
      statement.execute();
    }
    party(
        connection,
        body,
        0,
        "SENDER",
        "上毛市 建設部",
        "主事",
        "見本 花子",
        "hanako@joumou.example",
        body.clerk());
    party(
        connection,
        body,
        1,
        "COUNTERPARTY",
        "株式会社 見本建設",
        "代表取締役",
        "例田 一郎",
        "ichiro-%s@kensetsu.example".formatted(id.toString().substring(0, 8)),
        null);
    party(connection, body, 2, "OFFICE", "上毛市", "上毛市長", "見本 太郎", null, body.mayor());
  }

  private void party(
      java.sql.Connection connection,
      TestBody body,
      int ordinal,
      String kind,
      String organisation,
      String title,
      String name,
      @org.jspecify.annotations.Nullable String mail,
      @org.jspecify.annotations.Nullable UUID staff)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into party (tenant_id, id, contract_id, ordinal, kind, organisation, title, name,
                               mail, staff_id, turn, capacity)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setObject(1, body.id().value());
      statement.setObject(2, parties.get(ordinal).value());
      statement.setObject(3, id.value());
      statement.setInt(4, ordinal);
      statement.setString(5, kind);
      statement.setString(6, organisation);
      statement.setString(7, title);
      statement.setString(8, name);
      statement.setString(9, mail);
      statement.setObject(10, staff);
      statement.setInt(11, ordinal);
      statement.setString(12, kind.equals("COUNTERPARTY") ? "AUTHORITY" : null);
      statement.execute();
    }
  }
}
