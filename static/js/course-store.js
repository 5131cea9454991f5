// What is kept on the device for one member (or for a visitor, whose name is empty): lessons done, answers being typed,
// what waits to be sent. Where nothing can be kept (private windows), it lasts until the page is left.
const PREFIX = "dao-tao:";
const OWNER = "dao-tao-ai";
const DRAFTS_KEPT = 20;
const memory = new Map();

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Full, or not allowed.
  }
}

export class CourseStore {
  constructor(member) {
    this.key = PREFIX + member;
    this.isNewOwner = (read(OWNER) ?? member) !== member;
    write(OWNER, member);
  }

  get state() {
    try {
      return { done: {}, drafts: {}, waiting: [], ...JSON.parse(read(this.key) ?? "{}") };
    } catch {
      return { done: {}, drafts: {}, waiting: [] };
    }
  }

  change(alter) {
    const state = this.state;
    alter(state);
    write(this.key, JSON.stringify(state));
  }

  done(course) {
    return new Set(this.state.done[course] ?? []);
  }

  addDone(course, lesson) {
    this.change((state) => {
      state.done[course] = [...new Set([...(state.done[course] ?? []), lesson])];
    });
  }

  draft(code) {
    return this.state.drafts[code] ?? {};
  }

  keepDraft(code, part) {
    this.change((state) => {
      state.drafts[code] = { ...state.drafts[code], ...part };
      for (const old of Object.keys(state.drafts).slice(0, -DRAFTS_KEPT)) delete state.drafts[old];
    });
  }

  waiting() {
    return this.state.waiting;
  }

  isWaiting(attempt) {
    return this.waiting().some((item) => item.attempt === attempt);
  }

  enqueue(item) {
    const id = item.id ?? `${item.kind}-${item.lesson}-${Date.now()}`;
    this.change((state) => {
      state.waiting = [...state.waiting.filter((other) => other.id !== id), { ...item, id }];
    });
  }

  settle(id) {
    this.change((state) => {
      state.waiting = state.waiting.filter((item) => item.id !== id);
      if (id.startsWith("bai-lam-")) delete state.drafts[id.slice("bai-lam-".length)];
    });
  }
}
