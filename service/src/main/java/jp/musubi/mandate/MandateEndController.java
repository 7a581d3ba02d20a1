package jp.musubi.mandate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 委任を終わらせる: 解任・撤回. */
@Controller
@Needs(Act.CHANGE_SUPPLIERS)
@RequestMapping("/mandates/{mandate}/end")
class MandateEndController {
  private final MandateRegister register;
  private final MandateSheets sheets;
  private final Organisations organisations;
  private final Book book;

  MandateEndController(
      MandateRegister register, MandateSheets sheets, Organisations organisations, Book book) {
    this.register = register;
    this.sheets = sheets;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID mandate) {
    return page(
        register.get(mandate),
        JapaneseDates.date(organisations.today()),
        "",
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView end(
      @PathVariable UUID mandate,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String endedOn,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var found = register.get(mandate);
    var reader = new FormReader();
    var on = reader.day("endedOn", endedOn);
    if (on.isEmpty()) {
      reader.reject("endedOn", "web.wrong.empty");
    }
    var why = reader.line("reason", reason, 200, true);
    if (!reader.wrong().isEmpty()) {
      return page(found, endedOn, reason, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    register.end(mandate, on.orElseThrow(), why, clerk, request.getRemoteAddr());
    flash.addFlashAttribute("done", "mandate.ended");
    return new ModelAndView("redirect:/mandates/" + mandate);
  }

  private ModelAndView page(
      Mandate mandate, String on, String reason, Map<String, Text> wrong, HttpStatus status) {
    var path = "/mandates/" + mandate.id();
    var heading = book.of("mandate.end");
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    heading,
                    sheets.crumbs(
                        new Crumb(mandate.said().agent().printed(), path),
                        new Crumb(heading, path + "/end")),
                    path + "/end",
                    List.of(
                        Field.required("endedOn", "mandate.ended.on")
                            .drawn(Form.DAY)
                            .hinted("mandate.ended.on.hint")
                            .with(on)
                            .wrong(wrong.get("endedOn")),
                        Field.required("reason", "mandate.end.reason")
                            .hinted("mandate.end.reason.hint")
                            .with(reason)
                            .wrong(wrong.get("reason"))),
                    "mandate.end.submit",
                    path)
                .led(
                    Text.of(
                        "mandate.end.lead",
                        mandate.holder().name(),
                        mandate.said().agent().printed())));
    page.setStatus(status);
    return page;
  }
}
