package jp.musubi.closure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 消去の申出の取下げ, by whoever may ask, until it begins. */
@Controller
@Needs(Act.CLOSE_BODY)
@RequestMapping("/closure/{id}/cancellation")
class CancellationController {
  private final Closures closures;
  private final ClosurePages pages;

  CancellationController(Closures closures, ClosurePages pages) {
    this.closures = closures;
    this.pages = pages;
  }

  @GetMapping
  ModelAndView cancelling(@PathVariable UUID id) {
    return cancelling(closures.get(id), "", Map.of(), null);
  }

  @PostMapping
  ModelAndView cancel(
      @PathVariable UUID id,
      @CurrentStaff StaffMember by,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var closure = closures.get(id);
    var reader = new FormReader();
    var why = reader.line("reason", reason, 500, true);
    if (!reader.wrong().isEmpty()) {
      return cancelling(closure, why, reader.wrong(), null);
    }
    var refusal = closures.cancel(id, why, by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return cancelling(closure, why, Map.of(), ClosurePages.words(refusal));
    }
    flash.addFlashAttribute("done", "closure.cancellation.done");
    return new ModelAndView("redirect:" + ClosureController.PATH);
  }

  private ModelAndView cancelling(
      Closure closure, String reason, Map<String, Text> wrong, @Nullable Text refusal) {
    return pages.form(
        "closure.cancellation",
        ClosureController.PATH + "/" + closure.id() + "/cancellation",
        List.of(
            Field.required("reason", "closure.cancellation.reason")
                .with(reason)
                .wrong(wrong.get("reason"))),
        wrong,
        refusal);
  }
}
