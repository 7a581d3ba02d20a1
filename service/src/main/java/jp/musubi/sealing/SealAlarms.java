package jp.musubi.sealing;

import jp.musubi.seal.CertificateFitness;
import jp.musubi.seal.remote.TimestampAlarm;
import jp.musubi.seal.timestamp.TokenConcern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** 警報 — what the operator's log says of key and timestamp authorities before anything fails. */
final class SealAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(SealAlarms.class);

  private SealAlarms() {}

  static void certificate(CertificateFitness.NearExpiry near) {
    LOG.error("the sealing certificate ends in {} days; have it renewed", near.left().toDays());
  }

  static void timestamps(TimestampAlarm alarm) {
    switch (alarm) {
      case TimestampAlarm.Concerned(var authority, TokenConcern.ClockDrift(var skew)) ->
          LOG.error("{}: its clock and ours differ by {}", authority, skew);
      case TimestampAlarm.Concerned(var authority, TokenConcern.ShortLife(var end)) ->
          LOG.error("{}: its certificate ends {}, in less than 120 months (S-06)", authority, end);
      case TimestampAlarm.Untrusted(var authority, var reason, var detail) ->
          LOG.error("{}: its answer is not relied on: {}, {}", authority, reason, detail);
      case TimestampAlarm.Shut(var authority, var until, var detail) ->
          LOG.warn("{}: not asked until {}: {}", authority, until, detail);
    }
  }
}
