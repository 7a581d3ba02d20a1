package jp.musubi.input;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 入力項目 of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class InputStore {
  private final JdbcClient jdbc;

  InputStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A contract's, in order. */
  List<InputField> fields(ContractId contract) {
    return jdbc.sql("select * from input_field where contract_id = :contract order by ordinal, id")
        .param("contract", contract.value())
        .query((row, _) -> field(row))
        .list();
  }

  /** Writes a field, over the one of that key if there is one. */
  void put(ContractId contract, InputField field) {
    var kind = field.kind();
    var number = kind instanceof InputKind.Figure n ? n : null;
    var day = kind instanceof InputKind.Day d ? d : null;
    jdbc.sql(
            """
            insert into input_field (id, contract_id, ordinal, label, kind, filler, mandatory, least,
                                     most, earliest, latest, choices, prefilled, page, from_left,
                                     from_top, width, height, size)
            values (:id, :contract, :ordinal, :label, :kind, :filler, :mandatory, :least,
                    :most, :earliest, :latest, :choices, :prefilled, :page, :left,
                    :top, :width, :height, :size)
            on conflict (tenant_id, id) do update
               set label = excluded.label, kind = excluded.kind, filler = excluded.filler,
                   mandatory = excluded.mandatory, least = excluded.least, most = excluded.most,
                   earliest = excluded.earliest, latest = excluded.latest,
                   choices = excluded.choices, prefilled = excluded.prefilled,
                   page = excluded.page, from_left = excluded.from_left,
                   from_top = excluded.from_top, width = excluded.width,
                   height = excluded.height, size = excluded.size
            """)
        .param("id", field.id())
        .param("contract", contract.value())
        .param("ordinal", field.ordinal())
        .param("label", field.label())
        .param("kind", kind.name().name())
        .param("filler", field.filler())
        .param("mandatory", field.mandatory())
        .param("least", number == null ? null : boxed(number.least()), Types.BIGINT)
        .param("most", most(kind), Types.BIGINT)
        .param("earliest", day == null ? null : day.earliest().orElse(null), Types.DATE)
        .param("latest", day == null ? null : day.latest().orElse(null), Types.DATE)
        .param(
            "choices",
            kind instanceof InputKind.Choice(var choices)
                ? choices.toArray(String[]::new)
                : new String[0])
        .param("prefilled", field.prefilled())
        .param("page", field.box().page())
        .param("left", field.box().left())
        .param("top", field.box().top())
        .param("width", field.box().width())
        .param("height", field.box().height())
        .param("size", field.size())
        .update();
  }

  private static @org.jspecify.annotations.Nullable Long most(InputKind kind) {
    return switch (kind) {
      case InputKind.Text(var most) -> (long) most;
      case InputKind.Figure(_, var most) -> boxed(most);
      case InputKind.Day _, InputKind.Tick _, InputKind.Choice _ -> null;
    };
  }

  private static @org.jspecify.annotations.Nullable Long boxed(OptionalLong bound) {
    return bound.isPresent() ? bound.getAsLong() : null;
  }

  void remove(UUID field) {
    jdbc.sql("delete from input_field where id = :id").param("id", field).update();
  }

  /** Those of a contract, in the order of their fields. */
  List<InputValue> values(ContractId contract) {
    return jdbc.sql(
            """
            select v.field_id, v.text, v.filled_by, v.mail, v.filled_at
              from input_value v
              join input_field f on f.tenant_id = v.tenant_id and f.id = v.field_id
             where v.contract_id = :contract order by f.ordinal, f.id
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new InputValue(
                row.getObject("field_id", UUID.class),
                row.getString("text"),
                row.getString("filled_by"),
                Optional.ofNullable(row.getString("mail")),
                row.getTimestamp("filled_at").toInstant()))
        .list();
  }

  void put(ContractId contract, InputValue value, String clientIp, String userAgent) {
    jdbc.sql(
            """
            insert into input_value (field_id, contract_id, text, filled_by, mail, filled_at,
                                     client_ip, user_agent)
            values (:field, :contract, :text, :by, :mail, :at, :ip, :agent)
            on conflict (tenant_id, field_id) do update
               set text = excluded.text, filled_by = excluded.filled_by, mail = excluded.mail,
                   filled_at = excluded.filled_at, client_ip = excluded.client_ip,
                   user_agent = excluded.user_agent
            """)
        .param("field", value.field())
        .param("contract", contract.value())
        .param("text", value.text())
        .param("by", value.by())
        .param("mail", value.mail().orElse(null), Types.VARCHAR)
        .param("at", Timestamp.from(value.at()))
        .param("ip", clientIp)
        .param("agent", userAgent)
        .update();
  }

  void removeValue(UUID field) {
    jdbc.sql("delete from input_value where field_id = :field").param("field", field).update();
  }

  void insert(InputRequest request) {
    jdbc.sql(
            """
            insert into input_request (id, contract_id, filler, name, mail, secret_hash, asked_at,
                                       expires_at)
            values (:id, :contract, :filler, :name, :mail, :hash, :asked, :expires)
            """)
        .param("id", request.id())
        .param("contract", request.contract().value())
        .param("filler", request.filler())
        .param("name", request.name())
        .param("mail", request.mail())
        .param("hash", request.secretHash().hex())
        .param("asked", Timestamp.from(request.askedAt()))
        .param("expires", Timestamp.from(request.expiresAt()))
        .update();
  }

  void end(ContractId contract, int filler, Instant now) {
    jdbc.sql(
            """
            update input_request set ended_at = :now
             where contract_id = :contract and filler = :filler and ended_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("contract", contract.value())
        .param("filler", filler)
        .update();
  }

  void answered(UUID request, Instant now) {
    jdbc.sql("update input_request set answered_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", request)
        .update();
  }

  Optional<InputRequest> request(UUID id) {
    return jdbc.sql("select * from input_request where id = :id")
        .param("id", id)
        .query((row, _) -> request(row))
        .optional();
  }

  /** Those of a contract that no other has taken the place of. */
  List<InputRequest> requests(ContractId contract) {
    return jdbc.sql(
            """
            select * from input_request
             where contract_id = :contract and ended_at is null order by filler
            """)
        .param("contract", contract.value())
        .query((row, _) -> request(row))
        .list();
  }

  private static InputRequest request(ResultSet row) throws SQLException {
    return new InputRequest(
        row.getObject("id", UUID.class),
        new ContractId(row.getObject("contract_id", UUID.class)),
        row.getInt("filler"),
        row.getString("name"),
        row.getString("mail"),
        Sha256.parse(row.getString("secret_hash")),
        row.getTimestamp("asked_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("answered_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
  }

  private static InputField field(ResultSet row) throws SQLException {
    return new InputField(
        row.getObject("id", UUID.class),
        row.getInt("ordinal"),
        row.getString("label"),
        kind(row),
        row.getInt("filler"),
        row.getBoolean("mandatory"),
        new InputBox(
            row.getInt("page"),
            row.getInt("from_left"),
            row.getInt("from_top"),
            row.getInt("width"),
            row.getInt("height")),
        row.getInt("size"),
        row.getString("prefilled"));
  }

  private static InputKind kind(ResultSet row) throws SQLException {
    return switch (InputKind.Name.valueOf(row.getString("kind"))) {
      case TEXT -> new InputKind.Text(row.getInt("most"));
      case NUMBER -> new InputKind.Figure(bound(row, "least"), bound(row, "most"));
      case DAY ->
          new InputKind.Day(
              Optional.ofNullable(row.getObject("earliest", LocalDate.class)),
              Optional.ofNullable(row.getObject("latest", LocalDate.class)));
      case TICK -> new InputKind.Tick();
      case CHOICE -> new InputKind.Choice(List.of((String[]) row.getArray("choices").getArray()));
    };
  }

  private static OptionalLong bound(ResultSet row, String column) throws SQLException {
    var bound = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bound);
  }
}
