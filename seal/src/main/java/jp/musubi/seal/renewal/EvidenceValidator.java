package jp.musubi.seal.renewal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.validation.Indication;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.TokenValidation;
import jp.musubi.seal.validation.Verdict;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.tsp.TSTInfo;

/**
 * 証拠記録の検証 — judges a record over its files offline (RFC 4998, 5.3): every timestamp covers what it
 * should, was valid when the next one was made, and the newest is valid now.
 */
public final class EvidenceValidator {
  private final EvidenceRecord record;
  private final Evidenced object;
  private final EvidencePolicy policy;
  private final TokenValidation tokens;
  private final List<Reason> failures = new ArrayList<>();
  private final List<Reason> doubts = new ArrayList<>();
  private final List<Reason> warnings = new ArrayList<>();
  private final List<EvidenceReport.Link> links = new ArrayList<>();
  private Optional<TimestampLife> newest = Optional.empty();

  private EvidenceValidator(EvidenceRecord record, Evidenced object, EvidencePolicy policy) {
    this.record = record;
    this.object = object;
    this.policy = policy;
    this.tokens = new TokenValidation(policy.trustAnchors(), policy.algorithms());
  }

  /**
   * Validates a record. A wrong record is a verdict and never an exception.
   *
   * @throws IOException when a file cannot be read
   */
  public static EvidenceReport validate(
      EvidenceRecord record, Evidenced object, EvidencePolicy policy) throws IOException {
    return new EvidenceValidator(record, object, policy).run();
  }

  private EvidenceReport run() throws IOException {
    var times = times();
    var next = 0;
    for (var chain = 0; chain < record.chains().size(); chain++) {
      var row = record.chains().get(chain);
      for (var n = 0; n < row.size(); n++) {
        next++;
        var covered =
            n == 0
                ? objectsOf(chain)
                : List.of(row.getFirst().algorithm().digest(row.get(n - 1).token()));
        if (row.get(n).algorithm() != row.getFirst().algorithm()) {
          fail("evidence-broken", "FORMAT_FAILURE", "two hash algorithms in chain " + (chain + 1));
        }
        judge(
            chain,
            row.get(n),
            covered,
            next < times.size() ? Optional.of(times.get(next)) : Optional.empty());
      }
    }
    order();
    return report();
  }

  private List<byte[]> objectsOf(int chain) throws IOException {
    var algorithm = record.chains().get(chain).getFirst().algorithm();
    var digests = object.digests(algorithm);
    return chain == 0
        ? digests
        : HashTreeRenewal.covering(
            algorithm, digests, EvidenceRecord.sequence(record.chains().subList(0, chain)));
  }

  /** What each token claims as its time; a token that claims none is judged broken in its turn. */
  private List<Instant> times() {
    var times = new ArrayList<Instant>();
    for (var chain : record.chains()) {
      for (var link : chain) {
        times.add(info(link.token()).map(EvidenceValidator::time).orElse(Instant.MAX));
      }
    }
    return times;
  }

  private void judge(
      int chain, ArchiveTimestamp link, List<byte[]> covered, Optional<Instant> renewedAt) {
    var root = link.rootOver(covered);
    if (root.isEmpty()) {
      fail(
          chain == 0 && links.isEmpty() ? "evidence-of-other-file" : "evidence-broken",
          "HASH_FAILURE",
          "timestamp %d does not cover it".formatted(links.size() + 1));
      return;
    }
    if (!imprints(link)) {
      fail("evidence-broken", "HASH_FAILURE", "the imprint is of another algorithm");
      return;
    }
    var usedAt = renewedAt.filter(time -> time.isBefore(policy.at())).orElse(policy.at());
    var token = renewedAt.isEmpty() ? completed(link.token()) : link.token();
    var judged = tokens.judge(token, root.get(), usedAt, renewedAt.isPresent());
    switch (judged.indication()) {
      case TOTAL_PASSED -> {}
      case TOTAL_FAILED -> failures.addAll(judged.reasons());
      case INDETERMINATE -> doubts.addAll(judged.reasons());
    }
    judged
        .stamp()
        .ifPresent(stamp -> links.add(new EvidenceReport.Link(chain + 1, link.algorithm(), stamp)));
    if (renewedAt.isEmpty()) {
      warnings.addAll(judged.warnings());
    }
    if (judged.indication() == Indication.TOTAL_PASSED) {
      newest = Optional.of(TimestampLife.of(link.algorithm(), link.token(), judged.path()));
    }
  }

  private byte[] completed(byte[] token) {
    return policy.beside().map(data -> data.addedTo(token)).orElse(token);
  }

  private static boolean imprints(ArchiveTimestamp link) {
    return info(link.token())
        .map(info -> info.getMessageImprint().getHashAlgorithm().getAlgorithm())
        .flatMap(HashAlgorithm::of)
        .filter(link.algorithm()::equals)
        .isPresent();
  }

  private void order() {
    for (var n = 1; n < links.size(); n++) {
      if (!links.get(n - 1).timestamp().time().isBefore(links.get(n).timestamp().time())) {
        fail("timestamp-order", "TIMESTAMP_ORDER_FAILURE", "timestamp " + (n + 1));
      }
    }
    for (var link : links) {
      if (link.timestamp().time().isAfter(policy.at())) {
        doubts.add(
            new Reason(
                "from-the-future", "TIMESTAMP_ORDER_FAILURE", link.timestamp().time().toString()));
      }
    }
  }

  private void fail(String what, String subIndication, String detail) {
    failures.add(new Reason(what, subIndication, detail));
  }

  private EvidenceReport report() {
    var reasons = new ArrayList<>(failures);
    reasons.addAll(doubts);
    var valid = reasons.isEmpty();
    reasons.addAll(warnings);
    var verdict =
        !failures.isEmpty()
            ? Verdict.INVALID
            : !doubts.isEmpty()
                ? Verdict.INDETERMINATE
                : warnings.isEmpty() ? Verdict.VALID : Verdict.VALID_WITH_WARNINGS;
    return new EvidenceReport(
        verdict,
        reasons,
        valid ? Optional.of(links.getFirst().timestamp().time()) : Optional.empty(),
        valid ? newest : Optional.empty(),
        links);
  }

  private static Optional<TSTInfo> info(byte[] token) {
    try {
      var content =
          SignedData.getInstance(ContentInfo.getInstance(token).getContent())
              .getEncapContentInfo()
              .getContent();
      return Optional.of(
          TSTInfo.getInstance(
              org.bouncycastle.asn1.ASN1OctetString.getInstance(content).getOctets()));
    } catch (RuntimeException noToken) {
      // Judged as broken when its turn comes.
      return Optional.empty();
    }
  }

  private static Instant time(TSTInfo info) {
    try {
      return info.getGenTime().getDate().toInstant();
    } catch (java.text.ParseException noTime) {
      return Instant.MAX;
    }
  }
}
