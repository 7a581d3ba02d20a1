package jp.musubi.staff;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.evidence.Actor;
import org.jspecify.annotations.Nullable;

/** 途中の仕事. What somebody has in hand and somebody else may take over; contracts offer it. */
public interface OpenWork {

  /**
   * One thing in hand.
   *
   * @param stage message key of where it stands
   */
  record Item(UUID id, String number, String title, String stage) {}

  /** What a person has in hand and whoever reads may know of, the oldest first. */
  List<Item> of(UUID person, Reach reader);

  /** How much of it whoever reads may know of. */
  int count(UUID person, Reach reader);

  /** How much everybody has in hand who has anything. */
  Map<UUID, Integer> counts();

  /** How much a person has in hand, for the work itself and for nobody's eyes. */
  int count(UUID person);

  /**
   * Gives all a person has in hand within a section to another, each with its record; joins the
   * caller's transaction.
   *
   * @param section only what belongs to it; null for everything
   * @return what was given
   */
  List<UUID> handOver(
      UUID from, UUID to, @Nullable UUID section, Actor by, @Nullable String clientIp);

  /** Gives these back to whoever had them before, as far as they are still in hand. */
  void giveBack(List<UUID> items, UUID from, UUID to, Actor by);
}
