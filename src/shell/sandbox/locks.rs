//! What the reader gives up before it sees a byte of the paper.

use std::collections::BTreeMap;

use landlock::ABI;
use landlock::Access;
use landlock::AccessFs;
use landlock::AccessNet;
use landlock::Ruleset;
use landlock::RulesetAttr;
use landlock::RulesetCreatedAttr;
use rustix::process::DumpableBehavior;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::Signal;
use rustix::process::set_dumpable_behavior;
use rustix::process::set_parent_process_death_signal;
use rustix::process::setrlimit;
use rustix::thread::set_no_new_privs;
use seccompiler::SeccompAction;
use seccompiler::SeccompFilter;

use crate::limits;

/// What reading a paper needs of the kernel: its line, memory, the clock, and to end.
const CALLS: [libc::c_long; 31] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_poll,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rseq,
    libc::SYS_prlimit64,
];

/// Gives up memory, time, files, network and every other call to the kernel. Whether the
/// limits that no reader may be without are in force; the kernel's newer locks are taken
/// where it has them.
pub(super) fn close() -> bool {
    let limited = limit();
    let kept = set_parent_process_death_signal(Some(Signal::KILL)).is_ok()
        && set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
        && set_no_new_privs(true).is_ok();
    // Older kernels lack this one; the list of calls below has no file and no network.
    drop(no_files_and_no_network());
    limited && kept && only_these_calls().is_some()
}

/// Gives up what a tool of the system does not need to read its input and write its answer:
/// it may read and run what is installed, and write no file. The network is closed where the
/// kernel can; the tools have no reason to use it.
pub(super) fn close_around_a_tool() -> bool {
    let limited = limit();
    let kept = set_parent_process_death_signal(Some(Signal::KILL)).is_ok()
        && set_no_new_privs(true).is_ok();
    drop(only_what_is_installed());
    limited && kept
}

fn only_what_is_installed() -> Result<(), landlock::RulesetError> {
    let read = AccessFs::from_read(ABI::V5);
    let folders = ["/usr", "/lib", "/lib64", "/bin", "/etc"];
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .add_rules(landlock::path_beneath_rules(folders, read))?
        .restrict_self()?;
    Ok(())
}

fn limit() -> bool {
    let most = |resource, value: u64| {
        setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) }).is_ok()
    };
    most(Resource::As, limits::READER_BYTES_MAX)
        && most(Resource::Cpu, limits::READER_CPU_SECONDS_MAX)
        && most(Resource::Core, 0)
        && most(Resource::Fsize, 0)
        && most(Resource::Nofile, 16)
}

/// Landlock without a rule: nothing under any path, no connection to anywhere.
fn no_files_and_no_network() -> Result<(), landlock::RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// Any other call ends the process.
fn only_these_calls() -> Option<()> {
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> =
        CALLS.into_iter().map(|call| (call, Vec::new())).collect();
    let kill = SeccompAction::KillProcess;
    let machine = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(rules, kill, SeccompAction::Allow, machine).ok()?;
    let program: seccompiler::BpfProgram = filter.try_into().ok()?;
    seccompiler::apply_filter(&program).ok()
}
