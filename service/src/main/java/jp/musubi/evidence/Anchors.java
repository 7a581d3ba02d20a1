package jp.musubi.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.renewal.EvidenceBatch;
import jp.musubi.seal.renewal.HashAlgorithm;
import jp.musubi.seal.renewal.HashTree;
import jp.musubi.seal.renewal.ValidationData;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 監査記録の錨. Writes down outside of the database where the current body's chain is; once a day, and
 * after each conclusion, with a timestamp of the authority.
 */
@Service
public class Anchors {
  private final AnchorFolder folder;
  private final ObjectProvider<TimestampAuthority> authority;
  private final ObjectProvider<RevocationSource> revocations;
  private final JdbcClient jdbc;
  private final TransactionTemplate reading;
  private final Duration stampInterval;
  private final Clock clock;

  Anchors(
      AnchorFolder folder,
      ObjectProvider<TimestampAuthority> authority,
      ObjectProvider<RevocationSource> revocations,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Value("${musubi.audit.stamp-interval:24h}") Duration stampInterval,
      Clock clock) {
    this.folder = folder;
    this.authority = authority;
    this.revocations = revocations;
    this.jdbc = jdbc;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.stampInterval = stampInterval;
    this.clock = clock;
  }

  private record Head(long seq, String hash) {}

  /** The anchors of the current body, oldest first. */
  public List<Anchor.Kept> all() {
    return folder.of(Tenancy.required());
  }

  /**
   * Drops an anchor at the current body's last entry, if there is a new one. Without the timestamp
   * authority, it is dropped without a timestamp: the next one brings that.
   *
   * @return the anchor, if there was anything to anchor
   */
  public Optional<Anchor> drop() {
    var tenant = Tenancy.required();
    var newest = folder.newest(tenant);
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var head = reading.execute(_ -> head()).orElse(new Head(0, ChainedEntry.START));
    if (head.seq() == 0 || newest.filter(last -> last.anchor().seq() >= head.seq()).isPresent()) {
      return Optional.empty();
    }
    var anchor = new Anchor(tenant, head.seq(), head.hash(), now);
    var stamped = folder.newestStamped(tenant).map(Anchor.Kept::anchor);
    var wantsStamp =
        stamped.isEmpty()
            || !now.isBefore(stamped.get().at().plus(stampInterval))
            || concludedSince(stamped.get().seq());
    folder.keep(anchor, wantsStamp ? stamp(anchor, now) : Optional.empty());
    return Optional.of(anchor);
  }

  private Optional<Head> head() {
    return jdbc.sql("select seq, hash from audit_head").query(Head.class).optional();
  }

  private boolean concludedSince(long seq) {
    return Boolean.TRUE.equals(
        reading.execute(_ ->
            jdbc.sql(
                    """
                    select exists (select from audit_entry
                                    where seq > :seq and action = 'contract.concluded')
                    """)
                .param("seq", seq)
                .query(Boolean.class)
                .single()));
  }

  /** An evidence record that needs nothing beside it. */
  private Optional<byte[]> stamp(Anchor anchor, Instant now) {
    var asked = authority.getObject();
    var algorithm =
        switch (asked.imprintAlgorithm()) {
          case SHA_256 -> HashAlgorithm.SHA_256;
          case SHA_384 -> HashAlgorithm.SHA_384;
          case SHA_512 -> HashAlgorithm.SHA_512;
        };
    var tree = new HashTree.Builder(algorithm);
    tree.add(algorithm.digest(anchor.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      var batch = EvidenceBatch.stamp(tree.build(), asked);
      var proofs =
          ValidationData.gather(
              batch.token().path(), now.minus(stampInterval), revocations.getObject());
      return Optional.of(batch.complete(0, proofs));
    } catch (jp.musubi.seal.SealException outage) {
      org.slf4j.LoggerFactory.getLogger(Anchors.class)
          .warn("the anchor of entry {} has no timestamp: {}", anchor.seq(), outage.toString());
      return Optional.empty();
    }
  }
}
