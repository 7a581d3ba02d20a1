package jp.musubi.fulltext;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 文字がありません, on the page of a contract that no search by its words finds. */
@Component
class FullTextNotes implements Aside {
  private final JdbcClient jdbc;

  FullTextNotes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Note> of(Particulars contract) {
    if (!contract.isKept()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select outcome from contract_text where contract_id = :contract and outcome <> 'ALL'
            """)
        .param("contract", contract.id().value())
        .query((row, _) ->
            new Note(
                "info",
                Text.of("fulltext.note"),
                List.of(Text.of("fulltext.note." + row.getString("outcome"))),
                null,
                null,
                false))
        .list();
  }
}
