package jp.musubi.fulltext;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.DocumentPages;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.pages.PageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 本文の読み取り, of the current body: what is concluded and was not read yet, the newest first. It may
 * end anywhere and begin again.
 */
@Service("fulltextReading")
class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

  /** Of one file: what a contract and its specification have, and no whole library. */
  static final int MOST_PAGES = 300;

  static final int MOST_CHARACTERS = 300_000;

  /** At a time, so that uploads find the processes free between. */
  private static final int AT_ONCE = 20;

  private final JdbcClient jdbc;
  private final FullText fullText;
  private final DocumentPages pages;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Reading(
      JdbcClient jdbc,
      FullText fullText,
      DocumentPages pages,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.fullText = fullText;
    this.pages = pages;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Unread(ContractId contract, Sha256 file) {}

  /**
   * Reads some; how many.
   *
   * @throws jp.musubi.platform.Unavailable when no process or no store answers; the next run goes
   *     on
   */
  int run() {
    if (!fullText.enabled()) {
      return 0;
    }
    var unread = Objects.requireNonNull(transaction.execute(_ -> unread()));
    unread.forEach(this::read);
    return unread.size();
  }

  private List<Unread> unread() {
    return jdbc.sql(
            """
            select c.id, c.final_sha256 from contract c
             where c.state in ('CONCLUDED', 'ELSEWHERE')
               and not exists (select from contract_text t where t.tenant_id = c.tenant_id
                                 and t.contract_id = c.id)
             order by c.created_at desc limit :most
            """)
        .param("most", AT_ONCE)
        .query((row, _) ->
            new Unread(
                new ContractId(row.getObject("id", UUID.class)),
                Sha256.parse(row.getString("final_sha256"))))
        .list();
  }

  private void read(Unread each) {
    var whole = whole(each);
    transaction.executeWithoutResult(_ -> keep(each.contract(), whole));
  }

  /** Empty where the file cannot be read. */
  private Optional<PageText.Whole> whole(Unread each) {
    try {
      return pages.wholeText(each.file(), MOST_PAGES, MOST_CHARACTERS);
    } catch (NotFound | IntegrityBroken e) {
      // That a file is gone or broken is alarmed by the vault's own rounds.
      LOG.warn("the text of contract {} cannot be read", each.contract(), e);
      return Optional.empty();
    }
  }

  /** Unless the body has changed its mind or the contract was disposed of meanwhile. */
  private void keep(ContractId contract, Optional<PageText.Whole> whole) {
    var text = whole.map(PageText.Whole::text).map(Reading::storable).orElse("");
    jdbc.sql(
            """
            insert into contract_text (contract_id, outcome, pages, text, extracted_at)
            select c.id, :outcome, :pages, :text, :now from contract c
             where c.id = :contract and c.state in ('CONCLUDED', 'ELSEWHERE')
               and exists (select from fulltext_rules r where r.enabled)
            on conflict do nothing
            """)
        .param("contract", contract.value())
        .param(
            "outcome",
            whole.isEmpty()
                ? "UNREADABLE"
                : text.isEmpty() ? "NONE" : whole.get().complete() ? "ALL" : "PART")
        .param("pages", whole.map(PageText.Whole::pages).orElse(0))
        .param("text", text)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  /** PostgreSQL keeps no NUL and no half characters; a text of spaces says nothing. */
  static String storable(String text) {
    var kept =
        text.codePoints()
            .filter(letter -> letter != 0 && !(letter >= 0xD800 && letter <= 0xDFFF))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return kept.isBlank() ? "" : kept;
  }
}
