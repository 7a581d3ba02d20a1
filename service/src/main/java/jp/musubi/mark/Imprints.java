package jp.musubi.mark;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.OfficeRegister;
import jp.musubi.platform.web.Picture;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約名義の印影 of the current body. */
@Service
@Transactional
class Imprints {
  /** Of what is kept, in points: a seal of 24 millimetres is sharp in print. */
  private static final int MOST = 800;

  private final MarkStore store;
  private final OfficeRegister offices;
  private final AuditTrail audit;
  private final Clock clock;

  Imprints(MarkStore store, OfficeRegister offices, AuditTrail audit, Clock clock) {
    this.store = store;
    this.offices = offices;
    this.audit = audit;
    this.clock = clock;
  }

  /** A file as a picture of a seal. */
  static Picture.Read read(byte[] given) {
    return Picture.of(given, MOST, MOST);
  }

  /** Those that hold now. */
  @Transactional(readOnly = true)
  List<OfficeImprint> current() {
    return store.current();
  }

  /** The points of one that holds now. */
  @Transactional(readOnly = true)
  Optional<byte[]> png(UUID imprint) {
    return store.current().stream()
        .filter(each -> each.id().equals(imprint))
        .findFirst()
        .flatMap(each -> store.png(each.id()));
  }

  /** From now on this is the office's; drafts that show the one before have to choose anew. */
  void set(UUID office, Picture picture, StaffMember admin, String clientIp) {
    var titled = offices.office(office);
    var digest = Sha256.of(picture.png());
    store.end(office, clock.instant());
    store.insert(office, picture, digest, clock.instant());
    audit.record(
        admin.actor(),
        "office.imprint-set",
        office,
        clientIp,
        Map.of("office", titled.title(), "document", digest.hex()));
  }

  /** From now on its office has none; nothing happens when that is so already. */
  void remove(UUID imprint, StaffMember admin, String clientIp) {
    var current = store.current().stream().filter(each -> each.id().equals(imprint)).findFirst();
    if (current.isPresent() && store.end(current.get().office(), clock.instant())) {
      var titled = offices.office(current.get().office());
      audit.record(
          admin.actor(),
          "office.imprint-removed",
          titled.id(),
          clientIp,
          Map.of("office", titled.title(), "document", current.get().sha256().hex()));
    }
  }
}
