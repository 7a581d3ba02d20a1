package jp.musubi.staff.sso;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 来た人. What the provider says of whoever comes, after its word was checked.
 *
 * @param kind by which protocol; issuer and subject count within it
 * @param mailConfirmed whether the provider vouches for the address
 * @param groups of which the person is a member, as the provider names them
 * @param said authentication class and methods, as the provider names them
 * @param authenticated when the person proved themselves there, if it says so
 */
record Arrival(
    Provider.Kind kind,
    String issuer,
    String subject,
    String login,
    String name,
    String mail,
    boolean mailConfirmed,
    List<String> groups,
    List<String> said,
    @Nullable Instant authenticated) {

  /** No directory puts anybody into more groups that matter here. */
  static final int MOST_GROUPS = 500;

  Arrival {
    groups = List.copyOf(groups);
    said = List.copyOf(said);
  }
}
