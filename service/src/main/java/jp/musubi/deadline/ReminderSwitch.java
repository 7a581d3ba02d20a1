package jp.musubi.deadline;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 自動の督促を止める、再開する, for one contract. */
@Controller
@RequestMapping("/contracts/{id}/reminders")
@Needs(Act.HANDLE_CONTRACT)
class ReminderSwitch {
  private final Contracts contracts;
  private final Reminders reminders;
  private final Book book;

  ReminderSwitch(Contracts contracts, Reminders reminders, Book book) {
    this.contracts = contracts;
    this.reminders = reminders;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var contract = underWay(id);
    var path = "/contracts/" + id;
    var stopped = reminders.areStopped(contract.id());
    var way = stopped ? "deadline.resume" : "deadline.stop";
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                book.of("deadline.reminders"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("deadline.reminders", path + "/reminders")),
                path + "/reminders",
                List.of(
                    Field.required("stopped", "deadline.reminders")
                        .drawn(Form.HIDDEN)
                        .with(String.valueOf(!stopped))),
                way + ".submit",
                path)
            .led(Text.of(way + ".lead")));
  }

  @PostMapping
  String change(
      @PathVariable UUID id,
      @RequestParam boolean stopped,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var contract = underWay(id);
    reminders.stop(contract.id(), stopped, clerk.actor(), request.getRemoteAddr());
    return "redirect:/contracts/" + id;
  }

  private Particulars underWay(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (contracts.awaited(contract.id()).isEmpty()) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }
}
