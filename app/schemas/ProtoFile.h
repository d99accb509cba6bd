#pragma once

#include "schemas/ProtobufSchema.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace sockeye {

/// A file of a schema, read but not yet put together with those that it imports.
struct ProtoFile
{
    /// Its name among all files of the schema.
    QString name;
    /// As the user finds it.
    QString shownName;
    std::unique_ptr<google::protobuf::FileDescriptorProto> proto;
    /// Of a .proto file: where in its text everything stands.
    std::unique_ptr<google::protobuf::compiler::SourceLocationTable> places;
    /// The names of the files that it imports, as `proto` lists them; a missing one keeps the name it is called by.
    QStringList imports;
    /// It is written in an edition of the language, which is read as proto3 or, where it is more than that, as proto2.
    bool isEdition = false;
    std::vector<SchemaProblem> problems;
};

/// Reads the text of a .proto file into `file`, whose names are set. False if it is broken: its problems say how.
[[nodiscard]] bool readProtoText(const QByteArray &text, ProtoFile &file);
/// The files of a descriptor set, as far as it goes. What is broken is told in `problem`, without its file.
[[nodiscard]] std::vector<ProtoFile> readDescriptorSet(const QByteArray &bytes, QString &problem);

[[nodiscard]] inline QString fromProto(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace sockeye
