package jp.musubi.approval;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.authority.Role;
import jp.musubi.contract.Awaited;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 承認待ち, counted for whoever approves; 差戻し and 承認済 for whoever made it. */
@Component
@Transactional(readOnly = true)
class Waiting implements Awaited {
  private final ApprovalReading approvals;
  private final Organisations organisations;

  Waiting(ApprovalReading approvals, Organisations organisations) {
    this.approvals = approvals;
    this.organisations = organisations;
  }

  @Override
  public List<Count> of(StaffMember reader) {
    var counts = new ArrayList<Count>();
    if (reader.may(Role.APPROVER)) {
      counts.add(
          new Count(
              "approval.home.awaiting",
              approvals.countAwaiting(reader.id(), organisations.today()),
              "/approvals"));
    }
    if (reader.may(Role.CLERK)) {
      settled(reader, "RETURNED", counts);
      settled(reader, "APPROVED", counts);
    }
    return counts;
  }

  /** Bodies without routes have none, and need not read of it. */
  private void settled(StaffMember clerk, String state, List<Count> counts) {
    var number = approvals.countSettled(clerk.id(), state);
    if (number > 0) {
      counts.add(new Count("approval.home." + state, number, "/contracts?filter=draft"));
    }
  }
}
