#pragma once

#include "exchange/Exporter.h"

namespace sockeye {

/// Comma-separated values (RFC 4180): a heading, then one entry a record, fields quoted where they must be, records
/// ended by CR LF, UTF-8, by default without a byte order mark. With ExportOptions::csvSafe a spreadsheet takes no text
/// for a formula, and no control character acts. The columns:
///
///     entry, connection, time, direction, kind, size, wire_size, compressed   as in JsonLinesExporter.h
///     code                of a close, else empty
///     text                the payload, as in JsonLinesExporter.h; the reason of a close
///     base64              the payload where it is not text; a close's body only if it is not well-formed
class CsvExporter final : public Exporter
{
public:
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString suffix() const override;
    [[nodiscard]] Result<> write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                 const CancelToken &cancel, const ExportProgress &progress) const override;
};

} // namespace sockeye
