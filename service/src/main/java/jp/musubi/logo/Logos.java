package jp.musubi.logo;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.platform.web.Picture;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** ロゴ of the current body. */
@Service
@Transactional
public class Logos {
  /** So many letters of it tell one logo of a body from the next. */
  private static final int DIGEST = 16;

  /** Of what is kept: a page shows half of it, so that it is sharp where points are small. */
  private static final int HEIGHT = 96;

  private static final int WIDTH = 480;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Logos(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** Where the logo of the current body is to be had; empty if it has none. */
  @Transactional(readOnly = true)
  public Optional<String> path(Body body) {
    return jdbc.sql("select sha256 from body_logo")
        .query(String.class)
        .optional()
        // With its digest, so that a new one is not taken for the old one that a browser keeps.
        .map(digest -> "/logos/%s/%s.png".formatted(body.code(), digest.substring(0, DIGEST)));
  }

  /** The picture that a path of {@link #path} ends with; empty if another is shown now. */
  @Transactional(readOnly = true)
  Optional<byte[]> find(String digest) {
    return jdbc.sql("select png from body_logo where left(sha256, :letters) = :digest")
        .param("letters", DIGEST)
        .param("digest", digest)
        .query((row, _) -> row.getBytes("png"))
        .optional();
  }

  /** A file as a logo. */
  static Picture.Read read(byte[] given) {
    return Picture.of(given, WIDTH, HEIGHT);
  }

  /** Shows this one from now on. */
  void set(Picture picture, StaffMember admin, String ip) {
    var digest = Sha256.of(picture.png());
    jdbc.sql(
            """
            insert into body_logo (png, sha256, width, height, changed_at)
            values (:png, :sha256, :width, :height, :now)
            on conflict (tenant_id) do update
               set png = excluded.png, sha256 = excluded.sha256, width = excluded.width,
                   height = excluded.height, changed_at = excluded.changed_at
            """)
        .param("png", picture.png())
        .param("sha256", digest.hex())
        .param("width", picture.width())
        .param("height", picture.height())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        admin.actor(), "settings.logo-changed", null, ip, Map.of("document", digest.hex()));
  }

  /** Shows none from now on. */
  void remove(StaffMember admin, String ip) {
    if (jdbc.sql("delete from body_logo").update() > 0) {
      audit.record(admin.actor(), "settings.logo-removed", null, ip, Map.of());
    }
  }
}
