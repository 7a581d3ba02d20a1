package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * 職員の登録. A member of staff as the register has them, active or not.
 *
 * @param passwordSetAt when they chose a password; empty while only invited
 * @param endedAt when the account ended
 * @param suspendedAt since when it rests because nobody used it
 */
public record StaffEntry(
    UUID id,
    String loginId,
    String name,
    String mail,
    UUID sectionId,
    boolean active,
    Optional<Instant> lastSignedInAt,
    Optional<Instant> passwordSetAt,
    Optional<Instant> endedAt,
    Optional<Instant> suspendedAt) {

  static StaffEntry of(ResultSet row) throws SQLException {
    return new StaffEntry(
        row.getObject("id", UUID.class),
        row.getString("login_id"),
        row.getString("name"),
        row.getString("mail"),
        row.getObject("section_id", UUID.class),
        row.getBoolean("active"),
        instant(row, "last_signed_in_at"),
        instant(row, "password_set_at"),
        instant(row, "ended_at"),
        instant(row, "suspended_at"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
