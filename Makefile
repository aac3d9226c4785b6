# SPDX-License-Identifier: MIT
#
# make				build/ARCH/tophalf, the kernel
# make tests			the same kernel with the bare-metal tests linked in
# make -C HERE M=DIR modules	the loadable modules of DIR's Kbuild or Makefile
# make check-headers		every public header compiles alone
# make compile_commands.json	for editors
#
# ARCH=x86_64   DEBUG=1 (the checking build)   CC=clang   O=DIR (another place for the output)
# V=1 (show commands)   WERROR=1 (warnings are errors: for CI)

MAKEFLAGS	+= -rR --no-print-directory
srctree		:= $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

all:
include $(srctree)/tools/Makefile.flags

ifneq ($(M),)
modules clean: %: $(if $(filter clean,$(MAKECMDGOALS)),,$(objtree)/Module.symvers)
	$(Q)$(MAKE) -f $(srctree)/tools/Makefile.modules srctree=$(srctree) src=$(abspath $(M)) __$@
ifneq ($(filter clean,$(MAKECMDGOALS)),clean)
# The kernel's list of names comes with the kernel: build it if it is not there.
$(objtree)/Module.symvers:
	$(Q)$(MAKE) -f $(srctree)/Makefile M= $@
endif
.PHONY: modules clean
else

all: $(objtree)/tophalf $(objtree)/Module.symvers

# ---- What is in the kernel: every source file in these folders ---------------------------

dirs		:= init lib kernel mm fs drivers net arch/$(SRCARCH)
find		= $(patsubst $(srctree)/%,%,$(wildcard $(foreach d,$(1),$(addprefix $(srctree)/$(d)/,$(2) */$(2) */*/$(2)))))
sources		:= $(filter-out $(ARCH_EXCLUDE) %.lds.S,$(sort $(call find,$(dirs),*.c) $(call find,$(dirs),*.S)))
tests		:= $(sort $(patsubst $(srctree)/%,%,$(wildcard $(srctree)/tests/qemu/*.c $(srctree)/tests/stress/*.c)))
$(objtree)/tests/stress/%.o: KBUILD_CPPFLAGS += -I$(srctree)/tests/qemu
obj		= $(addprefix $(objtree)/,$(addsuffix .o,$(basename $(1))))
objects		:= $(call obj,$(sources))
test-objects	:= $(call obj,$(tests))
lds		:= $(objtree)/arch/$(SRCARCH)/kernel.lds

$(objtree)/%.o: $(srctree)/%.c $(objtree)/.flags
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(kernel-warnings) -DKBUILD_MODNAME='"$(subst -,_,$(basename $(notdir $<)))"' \
		-DKBUILD_BASENAME='"$(basename $(notdir $<))"' -MMD -MP -c -o $@ $<

$(objtree)/%.o: $(srctree)/%.S $(objtree)/.flags
	$(call say,AS,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(KBUILD_CPPFLAGS) $(ARCH_CFLAGS) -g -D__ASSEMBLER__ -D__ASSEMBLY__ -MMD -MP -c -o $@ $<

$(lds): $(srctree)/arch/$(SRCARCH)/kernel.lds.S $(objtree)/.flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(KBUILD_CPPFLAGS) -D__ASSEMBLER__ -E -P -x c -MMD -MP -MT $@ -MF $@.d -o $@ $<

# A change of flags or compiler rebuilds; the same flags do not.
flags-now	:= $(shell $(CC) --version 2>/dev/null | head -n 1) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(kernel-warnings)
$(objtree)/.flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(flags-now))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(flags-now))' > $@

# ---- Link: the symbol table is made from the link before and must then hold still --------

define link
	$(Q)$(LD) $(ARCH_LDFLAGS) -T $(lds) -o $@.1 $(1) $(objtree)/kallsyms0.o
	$(Q)$(NM) -n $@.1 | awk -f $(srctree)/tools/kallsyms.awk > $@.syms.S
	$(Q)$(CC) $(ARCH_CFLAGS) -c -o $@.syms.o $@.syms.S
	$(Q)$(LD) $(ARCH_LDFLAGS) -T $(lds) -o $@.1 $(1) $@.syms.o
	$(Q)$(NM) -n $@.1 | awk -f $(srctree)/tools/kallsyms.awk > $@.syms.S
	$(Q)$(CC) $(ARCH_CFLAGS) -c -o $@.syms.o $@.syms.S
	$(Q)$(LD) $(ARCH_LDFLAGS) -T $(lds) -o $@.1 $(1) $@.syms.o
	$(Q)$(NM) -n $@.1 | awk -f $(srctree)/tools/kallsyms.awk | cmp -s - $@.syms.S || \
		{ echo "$@: symbol table does not settle" >&2; exit 1; }
	$(Q)rm -f $@.syms.S && mv $@.1 $@
endef

$(objtree)/kallsyms0.o: $(srctree)/tools/kallsyms.awk
	@mkdir -p $(@D)
	$(Q)awk -f $< < /dev/null > $(objtree)/kallsyms0.S
	$(Q)$(CC) $(ARCH_CFLAGS) -c -o $@ $(objtree)/kallsyms0.S

$(objtree)/tophalf: $(objects) $(lds) $(objtree)/kallsyms0.o
	$(call say,LD,$@)
	$(call link,$(objects))

$(objtree)/tophalf-tests: $(objects) $(test-objects) $(lds) $(objtree)/kallsyms0.o
	$(call say,LD,$@)
	$(call link,$(objects) $(test-objects))

# The names that modules may use, in Linux's format (versions are not used: 0).
$(objtree)/Module.symvers: $(objtree)/tophalf
	$(Q)$(NM) $< | awk '$$3 ~ /^__ksymtab_/ { sub("__ksymtab_", "", $$3); \
		print "0x00000000\t" $$3 "\tvmlinux\tEXPORT_SYMBOL\t" }' | sort > $@

tests: $(objtree)/tophalf-tests

# What a machine builds beside it.
include $(wildcard $(srctree)/arch/$(SRCARCH)/*/Makefile.build)

# ---- The rest -------------------------------------------------------------------------------

headers		:= $(patsubst $(srctree)/%,%,$(wildcard $(srctree)/include/linux/*.h $(srctree)/include/linux/*/*.h $(srctree)/include/crypto/*.h))
header-checks	:= $(patsubst include/%.h,$(objtree)/headers/%.o,$(headers))
$(objtree)/headers/%.o: $(srctree)/include/%.h $(objtree)/.flags
	@mkdir -p $(@D)
	$(Q)echo '#include <$*.h>' | $(CC) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(kernel-warnings) -DKBUILD_MODNAME='"h"' -MMD -MP -MF $(@:.o=.d) -MT $@ -x c -c -o $@ -
check-headers: $(header-checks)

compile_commands.json: FORCE
	@{ sep='['; for f in $(filter %.c,$(sources) $(tests)); do \
		printf '%s\n{"directory": "%s", "file": "%s", "command": "%s"}' "$$sep" '$(srctree)' "$$f" \
			'$(subst ",\",$(CC) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(kernel-warnings)) -DKBUILD_MODNAME=\"m\" -c '"$$f"; \
		sep=','; done; printf '\n]\n'; } > $(srctree)/compile_commands.json

clean:
	rm -rf $(srctree)/build $(srctree)/compile_commands.json

-include $(objects:.o=.d) $(test-objects:.o=.d) $(lds).d $(header-checks:.o=.d)

endif # M

FORCE:
.PHONY: all tests clean check-headers FORCE
.DELETE_ON_ERROR:
