package jp.musubi.bench.dss;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.TimestampBinary;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import jp.musubi.bench.parts.Timestamping;

/** 時刻認証局 — The run's timestamp authority as DSS asks for one. */
final class InProcessTsp implements TSPSource {
  private static final long serialVersionUID = 1;

  private final transient Timestamping timestamping;

  InProcessTsp(Timestamping timestamping) {
    this.timestamping = timestamping;
  }

  @Override
  public TimestampBinary getTimeStampResponse(DigestAlgorithm algorithm, byte[] digest) {
    if (algorithm != DigestAlgorithm.SHA256) {
      throw new DSSException("asked for a timestamp over " + algorithm + " (expected: SHA256)");
    }
    return new TimestampBinary(timestamping.token(digest).der());
  }
}
