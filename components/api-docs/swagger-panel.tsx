"use client";
import SwaggerUI from "swagger-ui-react";
import "swagger-ui-react/swagger-ui.css";
import "./swagger.css";
import { useDarkSwagger } from "./use-dark-swagger";

/** swagger-ui over an OpenAPI document; large, so it is loaded only where it is shown. */
export function SwaggerPanel({ documentPath }: { documentPath: string }) {
  useDarkSwagger();
  return (
    <div className="api-docs">
      <SwaggerUI
        url={documentPath}
        docExpansion="list"
        defaultModelsExpandDepth={-1}
        deepLinking
        displayRequestDuration
      />
    </div>
  );
}
