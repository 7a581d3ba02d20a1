package jp.musubi.api;

import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.staff.StaffMember;

/**
 * 呼び出したプログラム. The principal of a request to the API.
 *
 * @param key the one it showed
 * @param acting its 責任者, with the program's rights instead of their own
 */
record Caller(Program program, ProgramKey key, StaffMember acting) implements Bearer {
  @Override
  public UUID id() {
    return acting.id();
  }

  @Override
  public UUID sectionId() {
    return acting.sectionId();
  }

  @Override
  public Set<Grant> grants() {
    return acting.grants();
  }
}
