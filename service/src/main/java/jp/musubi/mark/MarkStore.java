package jp.musubi.mark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.input.InputBox;
import jp.musubi.platform.web.Picture;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 表示 of contracts and 印影 of offices of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class MarkStore {
  private final JdbcClient jdbc;

  MarkStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A contract's, in the order of the parties, with the pictures that are meant. */
  MarkSheet sheet(Particulars contract) {
    return new MarkSheet(contract, marks(contract.id()), imprints(contract));
  }

  List<Mark> marks(ContractId contract) {
    return jdbc.sql(
            """
            select id, kind, ordinal, imprint_id, page, from_left, from_top, width, height from mark
             where contract_id = :contract
             order by array_position(array['SENDER', 'COUNTERPARTY', 'OFFICE'], kind), ordinal
            """)
        .param("contract", contract.value())
        .query((row, _) -> mark(row))
        .list();
  }

  private List<OfficeImprint> imprints(Particulars contract) {
    return jdbc.sql(
            """
            select id, office_id, sha256, width, height, ended_at is not null as ended
              from office_imprint
             where (office_id = :office and ended_at is null)
                or id in (select imprint_id from mark where contract_id = :contract)
            """)
        .param("office", contract.officeId().orElse(null), Types.OTHER)
        .param("contract", contract.id().value())
        .query((row, _) -> imprint(row))
        .list();
  }

  /** Writes a mark, over the one of its party if there is one. */
  void put(ContractId contract, Mark mark) {
    jdbc.sql(
            """
            insert into mark (id, contract_id, kind, ordinal, imprint_id, page, from_left, from_top,
                              width, height)
            values (:id, :contract, :kind, :ordinal, :imprint, :page, :left, :top, :width, :height)
            on conflict (tenant_id, contract_id, kind, ordinal) do update
               set imprint_id = excluded.imprint_id, page = excluded.page,
                   from_left = excluded.from_left, from_top = excluded.from_top,
                   width = excluded.width, height = excluded.height
            """)
        .param("id", mark.id())
        .param("contract", contract.value())
        .param("kind", mark.kind().name())
        .param("ordinal", mark.ordinal())
        .param("imprint", mark.imprint().orElse(null), Types.OTHER)
        .param("page", mark.box().page())
        .param("left", mark.box().left())
        .param("top", mark.box().top())
        .param("width", mark.box().width())
        .param("height", mark.box().height())
        .update();
  }

  void remove(UUID mark) {
    jdbc.sql("delete from mark where id = :id").param("id", mark).update();
  }

  /** The pictures of all offices that have one now. */
  List<OfficeImprint> current() {
    return jdbc.sql(
            """
            select id, office_id, sha256, width, height, false as ended from office_imprint
             where ended_at is null
            """)
        .query((row, _) -> imprint(row))
        .list();
  }

  /** The points of a picture. */
  Optional<byte[]> png(UUID imprint) {
    return jdbc.sql("select png from office_imprint where id = :id")
        .param("id", imprint)
        .query((row, _) -> row.getBytes("png"))
        .optional();
  }

  /** Ends an office's; whether it had one. */
  boolean end(UUID office, Instant now) {
    return jdbc.sql(
                """
                update office_imprint set ended_at = :now
                 where office_id = :office and ended_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("office", office)
            .update()
        > 0;
  }

  void insert(UUID office, Picture picture, Sha256 sha256, Instant now) {
    jdbc.sql(
            """
            insert into office_imprint (id, office_id, png, sha256, width, height, made_at)
            values (:id, :office, :png, :sha256, :width, :height, :now)
            """)
        .param("id", UUID.randomUUID())
        .param("office", office)
        .param("png", picture.png())
        .param("sha256", sha256.hex())
        .param("width", picture.width())
        .param("height", picture.height())
        .param("now", Timestamp.from(now))
        .update();
  }

  private static OfficeImprint imprint(ResultSet row) throws SQLException {
    return new OfficeImprint(
        row.getObject("id", UUID.class),
        row.getObject("office_id", UUID.class),
        Sha256.parse(row.getString("sha256")),
        row.getInt("width"),
        row.getInt("height"),
        row.getBoolean("ended"));
  }

  private static Mark mark(ResultSet row) throws SQLException {
    return new Mark(
        row.getObject("id", UUID.class),
        Party.Kind.valueOf(row.getString("kind")),
        row.getInt("ordinal"),
        Optional.ofNullable(row.getObject("imprint_id", UUID.class)),
        new InputBox(
            row.getInt("page"),
            row.getInt("from_left"),
            row.getInt("from_top"),
            row.getInt("width"),
            row.getInt("height")));
  }
}
