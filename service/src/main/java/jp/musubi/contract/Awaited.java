package jp.musubi.contract;

import java.util.List;
import jp.musubi.staff.StaffMember;

/** What else waits for somebody, counted on the page after signing in; other features offer it. */
public interface Awaited {

  /**
   * A number that leads to what it counts.
   *
   * @param label message key
   */
  record Count(String label, int number, String path) {}

  /** What waits for this person. */
  List<Count> of(StaffMember reader);
}
