package jp.musubi.disposal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 保存期間が過ぎた契約: the list, from which some are picked and proposed. */
@Controller
class DisposalController {
  static final int MOST = 200;
  private static final int LONGEST_REASON = 500;

  private final Disposals disposals;
  private final DisposalPages pages;

  DisposalController(Disposals disposals, DisposalPages pages) {
    this.disposals = disposals;
    this.pages = pages;
  }

  /** The page; {@code proposes} for whoever may. */
  record Page(
      List<Crumb> crumbs,
      List<DisposalPages.Line> lines,
      boolean more,
      boolean proposes,
      String key,
      Field reason,
      @Nullable Text refusal,
      List<Sheet.Table> tables) {
    /** For the summary of what is wrong. */
    public List<Field> fields() {
      return List.of(reason);
    }
  }

  @Bean
  static NavigationItem toDisposal() {
    return new NavigationItem(
        320,
        "clock",
        "disposal.nav",
        DisposalPages.PATH,
        Act.SEE_DISPOSALS.roles().stream().map(Role::name).collect(Collectors.toSet()));
  }

  @GetMapping("/disposal")
  @Needs(Act.SEE_DISPOSALS)
  ModelAndView list(@CurrentStaff StaffMember reader) {
    return page(reader, UUID.randomUUID().toString(), Set.of(), "", Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/disposal/proposals")
  @Needs(Act.PROPOSE_DISPOSAL)
  ModelAndView propose(
      @CurrentStaff StaffMember proposer,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable List<UUID> picked,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var picks = new LinkedHashSet<>(picked == null ? List.<UUID>of() : picked);
    var reader = new FormReader();
    var why = reader.lines("reason", reason, LONGEST_REASON);
    var none = picks.isEmpty() || picks.size() > MOST;
    if (none || !reader.wrong().isEmpty()) {
      return page(
          proposer,
          idempotencyKey,
          picks,
          why,
          reader.wrong(),
          none ? Text.of("disposal.refusal.nonePicked") : null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    try {
      var path = disposals.propose(picks, why, idempotencyKey, proposer, request.getRemoteAddr());
      flash.addFlashAttribute("done", "disposal.proposed");
      return new ModelAndView("redirect:" + path);
    } catch (Refused refused) {
      return page(
          proposer,
          UUID.randomUUID().toString(),
          picks,
          why,
          Map.of(),
          pages.words(refused),
          HttpStatus.CONFLICT);
    }
  }

  private ModelAndView page(
      StaffMember reader,
      String key,
      Set<UUID> picked,
      String reason,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var due = disposals.due(reader, MOST + 1);
    var page =
        new ModelAndView(
            "disposal/list",
            "page",
            new Page(
                pages.crumbs(),
                due.stream()
                    .limit(MOST)
                    .map(each -> pages.line(each, null, picked.contains(each.id().value()), reader))
                    .toList(),
                due.size() > MOST,
                Act.PROPOSE_DISPOSAL.roles().stream().anyMatch(reader::may),
                key,
                Field.required("reason", "disposal.reason")
                    .hinted("disposal.reason.hint")
                    .drawn(Form.LINES)
                    .with(reason)
                    .wrong(wrong.get("reason")),
                refusal,
                List.of(pages.proposals(disposals.proposals(reader, MOST)))));
    page.setStatus(status);
    return page;
  }
}
