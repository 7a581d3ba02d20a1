package jp.musubi.testkit;

import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/** 偽の証明書の注文 — A timestamping certificate that deviates where it is told to. */
final class ForgedOrder {
  private final Authority issuer;
  private final Instant from;
  private final Instant until;
  private final KeyKind key;
  private final int usage;
  private final boolean critical;
  private final boolean authority;

  ForgedOrder(Authority issuer, Instant from, Instant until) {
    this(issuer, from, until, KeyKind.P_256, KeyUsage.digitalSignature, true, false);
  }

  private ForgedOrder(
      Authority issuer,
      Instant from,
      Instant until,
      KeyKind key,
      int usage,
      boolean critical,
      boolean authority) {
    this.issuer = issuer;
    this.from = from;
    this.until = until;
    this.key = key;
    this.usage = usage;
    this.critical = critical;
    this.authority = authority;
  }

  ForgedOrder valid(Instant begin, Instant end) {
    return new ForgedOrder(issuer, begin, end, key, usage, critical, authority);
  }

  ForgedOrder key(KeyKind kind) {
    return new ForgedOrder(issuer, from, until, kind, usage, critical, authority);
  }

  ForgedOrder usage(int bits) {
    return new ForgedOrder(issuer, from, until, key, bits, critical, authority);
  }

  ForgedOrder purposeCritical(boolean yes) {
    return new ForgedOrder(issuer, from, until, key, usage, yes, authority);
  }

  ForgedOrder authority() {
    return new ForgedOrder(issuer, from, until, key, usage, critical, true);
  }

  Identity issue(@Nullable ExtendedKeyUsage purpose) {
    return issuer.forge(
        "むすび試用タイムスタンプ局（偽）",
        from,
        until,
        key,
        certificate -> {
          try {
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (purpose != null) {
              certificate.addExtension(Extension.extendedKeyUsage, critical, purpose);
            }
            if (authority) {
              certificate.addExtension(
                  Extension.basicConstraints, true, new BasicConstraints(true));
            }
          } catch (IOException e) {
            throw new IllegalStateException("An extension cannot be encoded", e);
          }
        });
  }
}
