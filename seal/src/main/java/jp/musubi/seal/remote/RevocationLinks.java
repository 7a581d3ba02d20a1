package jp.musubi.seal.remote;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** Where a certificate says that its revocation is told (RFC 5280, 4.2.1.13 and 4.2.2.1). */
final class RevocationLinks {
  private RevocationLinks() {}

  static List<URI> responders(X509Certificate certificate) throws IOException {
    var value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
    if (value == null) {
      return List.of();
    }
    var access =
        AuthorityInformationAccess.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value));
    return Arrays.stream(access.getAccessDescriptions())
        .filter(d -> d.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
        .map(AccessDescription::getAccessLocation)
        .flatMap(RevocationLinks::address)
        .toList();
  }

  static List<URI> lists(X509Certificate certificate) throws IOException {
    var value = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
    if (value == null) {
      return List.of();
    }
    var points = CRLDistPoint.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value));
    return Arrays.stream(points.getDistributionPoints())
        // A list by another issuer, or for some reasons only, is not the whole truth.
        .filter(point -> point.getCRLIssuer() == null && point.getReasons() == null)
        .map(DistributionPoint::getDistributionPoint)
        .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
        .flatMap(name -> Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()))
        .flatMap(RevocationLinks::address)
        .toList();
  }

  private static Stream<URI> address(GeneralName name) {
    if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
      return Stream.empty();
    }
    try {
      return Stream.of(new URI(name.getName().toString()));
    } catch (java.net.URISyntaxException e) {
      // Not an address at all: as good as none.
      return Stream.empty();
    }
  }
}
