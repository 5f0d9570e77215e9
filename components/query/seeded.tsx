import {
  type DataTag,
  type DefaultError,
  dehydrate,
  HydrationBoundary,
  type InfiniteData,
  QueryClient,
  type QueryKey,
} from "@tanstack/react-query";
import type { ReactNode } from "react";

export interface Seed {
  queryKey: QueryKey;
  data: unknown;
}

type Tagged<Data> = { queryKey: DataTag<readonly unknown[], Data, DefaultError> };

/** What a query would fetch, read on the server already. The key's options know its type. */
export function seed<Data>(options: Tagged<Data>, data: NoInfer<Data>): Seed {
  return { queryKey: options.queryKey, data };
}

/** The same for a list's first page. */
export function seedPage<Page, Param>(options: Tagged<InfiniteData<Page, Param>>, page: NoInfer<Page>): Seed {
  return { queryKey: options.queryKey, data: { pages: [page], pageParams: [undefined] } };
}

/** Puts into the browser's cache what the page has read, so that it is there at the first paint. */
export function Seeded({ seeds, children }: { seeds: Seed[]; children: ReactNode }) {
  const client = new QueryClient();
  for (const { queryKey, data } of seeds) client.setQueryData(queryKey, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
