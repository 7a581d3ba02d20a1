package jp.musubi.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import jp.musubi.bench.engine.Engine;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.engine.MusubiEngine;
import jp.musubi.bench.parts.Parts;
import jp.musubi.bench.parts.PartsMaker;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.seal.Sha256;
import jp.musubi.testkit.KeyKind;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * 部分の計測 — What a seal of 100 KB is made of, and what the real ports check beside, which the other
 * benchmarks leave out.
 */
// JMH makes the object without arguments and calls prepare() before anything is measured.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineParts {
  private static final int BYTES = 100_000;

  /** The kind of all keys. */
  @Param({"RSA_2048", "P_256"})
  public KeyKind keys;

  private final byte[] digest = new byte[32];
  private Parts parts;
  private Engine engine;
  private Path source;
  private Path target;
  private Path sealed;
  private byte[] signature;
  private byte[] token;

  /** Makes keys and documents. */
  @Setup
  public void prepare() throws Exception {
    var directory = Files.createTempDirectory("musubi-bench-micro");
    PartsMaker.make(directory, keys, Clock.systemUTC());
    parts = Parts.open(directory, Clock.systemUTC());
    engine = MusubiEngine.of(parts);
    source = directory.resolve("source.pdf");
    target = directory.resolve("target.pdf");
    sealed = directory.resolve("sealed.pdf");
    SamplePdf.write(source, BYTES, 1);
    engine.seal(source, sealed, Level.LTA, SamplePdf.field(1), true);
    signature = parts.seal().sign(digest);
    token = parts.timestamping().token(digest).der();
  }

  /** One SHA-256 pass. */
  @Benchmark
  public Sha256 hash() {
    return Sha256.of(source);
  }

  /** One private-key operation. */
  @Benchmark
  public byte[] keyOperation() {
    return parts.seal().sign(digest);
  }

  /** What a keeper of keys checks before it hands a signature out. */
  @Benchmark
  public boolean signatureCheck() throws GeneralSecurityException {
    var check = Signature.getInstance(parts.seal().algorithm());
    check.initVerify(parts.seal().identity().certificate());
    check.update(digest);
    return check.verify(signature);
  }

  /** One timestamp, key operation included. */
  @Benchmark
  public byte[] timestamp() {
    return parts.timestamping().token(digest).der();
  }

  /**
   * The check of a token's signature and certificate, as a client of an authority has to make it.
   */
  @Benchmark
  public TimeStampToken tokenCheck()
      throws CMSException, TSPException, IOException, OperatorCreationException {
    var read = new TimeStampToken(new CMSSignedData(token));
    read.validate(
        new JcaSimpleSignerInfoVerifierBuilder()
            .build(parts.timestamping().signing().identity().certificate()));
    return read;
  }

  /** One OCSP answer, key operation included. */
  @Benchmark
  public byte[] status() {
    return parts.statuses().answer(parts.seal().identity().certificate());
  }

  /** A seal with its timestamp, from file to file. */
  @Benchmark
  public void sealWithTimestamp() throws Exception {
    engine.seal(source, target, Level.T, SamplePdf.field(1), true);
  }

  /** A seal to B-LTA, from file to file. */
  @Benchmark
  public void sealToArchive() throws Exception {
    engine.seal(source, target, Level.LTA, SamplePdf.field(1), true);
  }

  /** A verdict. */
  @Benchmark
  public void validate() throws Exception {
    engine.validate(sealed);
  }
}
