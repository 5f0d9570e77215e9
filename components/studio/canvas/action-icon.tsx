import {
  Box,
  Braces,
  Calendar,
  Clock,
  Database,
  FileText,
  FolderOpen,
  Globe,
  Hand,
  Image,
  type LucideIcon,
  Mail,
  MessageSquare,
  Radio,
  Sigma,
  Sparkles,
  Table,
  Type,
  Zap,
} from "lucide-react";

/** The first that fits is taken. */
const icons: [RegExp, LucideIcon][] = [
  [/http|api|web/, Globe],
  [/mail/, Mail],
  [/cron|schedul|clock|time/, Clock],
  [/date|calendar/, Calendar],
  [/sql|database|postgres|mysql/, Database],
  [/csv|table|excel|spreadsheet/, Table],
  [/mqtt|kafka|queue|broker|iot/, Radio],
  [/\bai\b|llm|machine learning|model/, Sparkles],
  [/image|video|vision/, Image],
  [/slack|chat|message|notif/, MessageSquare],
  [/json|data|transform/, Braces],
  [/file|folder|storage|share|s3/, FolderOpen],
  [/pdf|document|report/, FileText],
  [/math|statistic|number/, Sigma],
  [/text|string|nlp/, Type],
  [/hand|manual/, Hand],
  [/trigger/, Zap],
];

/** A picture for what an action is about, as far as its categories and its name tell. */
export function ActionIcon({ about, size = 16 }: { about: string[]; size?: number }) {
  const text = about.join(" ").toLowerCase();
  const Icon = icons.find(([pattern]) => pattern.test(text))?.[1] ?? Box;
  return <Icon size={size} aria-hidden="true" className="shrink-0" />;
}
