package jp.musubi.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Drafts;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** ひな形 of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class TemplateStore {
  private static final String SELECT =
      """
      select id, name, kind, section_id, renews, council_vote, file_name, document_sha256,
             original_sha256, pages, used_at, retired_at
        from template
      """;

  private final JdbcClient jdbc;

  TemplateStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Template template, UUID by, Instant now) {
    jdbc.sql(
            """
            insert into template (id, name, kind, section_id, renews, council_vote, file_name,
                                  document_sha256, original_sha256, pages, made_by, made_at)
            values (:id, :name, :kind, :section, :renews, :vote, :file,
                    :document, :original, :pages, :by, :now)
            """)
        .param("id", template.id())
        .param("name", template.name())
        .param("kind", template.kind().name())
        .param("section", template.section().orElse(null), Types.OTHER)
        .param("renews", template.renews())
        .param("vote", template.councilVote())
        .param("file", template.document().fileName())
        .param("document", template.file().hex())
        .param("original", template.document().original().map(Sha256::hex).orElse(null), Types.CHAR)
        .param("pages", template.document().pages())
        .param("by", by)
        .param("now", Timestamp.from(now))
        .update();
    template.fields().forEach(field -> insert(template.id(), field));
  }

  void insert(UUID template, MergeField field) {
    jdbc.sql(
            """
            insert into template_field (id, template_id, name, type, mandatory, most, page,
                                        from_left, from_top, width, height, size)
            values (:id, :template, :name, :type, :mandatory, :most, :page,
                    :left, :top, :width, :height, :size)
            """)
        .param("id", field.id())
        .param("template", template)
        .param("name", field.name())
        .param("type", field.type().name())
        .param("mandatory", field.mandatory())
        .param("most", field.most())
        .param("page", field.page())
        .param("left", field.left())
        .param("top", field.top())
        .param("width", field.width())
        .param("height", field.height())
        .param("size", field.size())
        .update();
  }

  void remove(UUID template, UUID field) {
    jdbc.sql("delete from template_field where template_id = :template and id = :field")
        .param("template", template)
        .param("field", field)
        .update();
  }

  void used(UUID template, Instant now) {
    jdbc.sql("update template set used_at = :now where id = :id and used_at is null")
        .param("now", Timestamp.from(now))
        .param("id", template)
        .update();
  }

  void retired(UUID template, Instant now) {
    jdbc.sql("update template set retired_at = :now where id = :id and retired_at is null")
        .param("now", Timestamp.from(now))
        .param("id", template)
        .update();
  }

  /** Those that are not retired, by their names. */
  List<Template> all() {
    return jdbc.sql(SELECT + " where retired_at is null order by name, made_at")
        .query((row, _) -> template(row))
        .list();
  }

  Optional<Template> find(UUID id, boolean lock) {
    return jdbc.sql(SELECT + " where id = :id" + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) -> template(row))
        .optional();
  }

  private Template template(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    return new Template(
        id,
        row.getString("name"),
        ContractKind.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getObject("section_id", UUID.class)),
        row.getBoolean("renews"),
        row.getBoolean("council_vote"),
        new Drafts.Document(
            row.getString("file_name"),
            Sha256.parse(row.getString("document_sha256")),
            row.getInt("pages"),
            Optional.ofNullable(row.getString("original_sha256")).map(Sha256::parse),
            Optional.empty()),
        Optional.ofNullable(row.getTimestamp("used_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("retired_at")).map(Timestamp::toInstant),
        fields(id));
  }

  private List<MergeField> fields(UUID template) {
    return jdbc.sql(
            """
            select id, name, type, mandatory, most, page, from_left, from_top, width, height, size
              from template_field where template_id = :template
             order by page, from_top, from_left, id
            """)
        .param("template", template)
        .query((row, _) ->
            new MergeField(
                row.getObject("id", UUID.class),
                row.getString("name"),
                MergeField.Type.valueOf(row.getString("type")),
                row.getBoolean("mandatory"),
                row.getInt("most"),
                row.getInt("page"),
                row.getInt("from_left"),
                row.getInt("from_top"),
                row.getInt("width"),
                row.getInt("height"),
                row.getInt("size")))
        .list();
  }
}
