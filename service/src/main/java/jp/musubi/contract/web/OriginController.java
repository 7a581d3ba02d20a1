package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Origins;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Field;
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
import org.springframework.web.servlet.ModelAndView;

/** もとの契約: what a draft changes, corrects or takes the place of, here or on paper. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/origin")
class OriginController {
  private final Contracts contracts;
  private final Origins origins;
  private final Words words;

  OriginController(Contracts contracts, Origins origins, Words words) {
    this.contracts = contracts;
    this.origins = origins;
    this.words = words;
  }

  /** The form. */
  record Page(String path, String title, List<Field> fields) {

    /** The field of that name. */
    public Field field(String name) {
      return FormPage.field(fields, name);
    }
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    return page(
        draft,
        OriginForm.of(
            origins.known(draft.id(), clerk), here -> contracts.get(here.original()).number()),
        Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      OriginForm form,
      HttpServletRequest request) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var reader = new FormReader();
    var origin = form.read(reader, number -> origins.find(number, clerk));
    if (!reader.wrong().isEmpty()) {
      var page = page(draft, form, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    origins.set(draft.id(), origin, clerk, request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id + "/review");
  }

  private ModelAndView page(Particulars draft, OriginForm form, Map<String, Text> wrong) {
    var path = "/contracts/" + draft.id();
    return new ModelAndView("contract/origin")
        .addObject("page", new Page(path, draft.title(), form.fields(wrong, words)))
        .addObject("crumbs", ShowController.crumbs(words, draft.title(), path));
  }
}
