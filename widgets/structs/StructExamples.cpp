#include "widgets/structs/StructExamples.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

/// The words of an example's comments are translated, its names are not: they are those of a program.
QString exampleText(const char *text)
{
    return QCoreApplication::translate("sockeye::StructExamples", text);
}

} // namespace

QList<StructExample> structExamples()
{
    return {
        {exampleText("Message with a kind"),
         exampleText("// Fields stand one behind the other. Byte order: little or big.\n"
                     "little\n"
                     "\n"
                     "enum Kind : u8 { ping = 1, data = 2, alarm = 0x10 }\n"
                     "\n"
                     "struct Reading {\n"
                     "    u32 time unix;\n"
                     "    i16 celsius scale 0.01 unit \"°C\";\n"
                     "}\n"
                     "\n"
                     "struct Message {\n"
                     "    u16 magic = 0xBEEF;  // must be this\n"
                     "    Kind kind;\n"
                     "    u8 flags { ack: 1, urgent: 1, : 2, level: 4 };\n"
                     "    u8 count;\n"
                     "    if (kind == data) { Reading readings[count]; }\n"
                     "    else if (kind == alarm) { char text[16]; }\n"
                     "    u8 rest[];  // to the end\n"
                     "}\n")},
        {exampleText("Struct of a C header"), exampleText("#include <stdint.h>\n"
                                                          "\n"
                                                          "#pragma pack(push, 1)\n"
                                                          "typedef struct {\n"
                                                          "    uint8_t  version;\n"
                                                          "    uint32_t serial;\n"
                                                          "    float    volts[3];\n"
                                                          "    char     name[12];     /* up to the first NUL */\n"
                                                          "    uint8_t  ready : 1;\n"
                                                          "    uint8_t  error : 3;\n"
                                                          "} Status;\n"
                                                          "#pragma pack(pop)\n")},
        {exampleText("Type, length, value"), exampleText("big\n"
                                                         "\n"
                                                         "struct Item {\n"
                                                         "    u8 type;\n"
                                                         "    u16 length;\n"
                                                         "    switch (type) {\n"
                                                         "        case 1: char text[length];\n"
                                                         "        case 2: u32 time unix;\n"
                                                         "        case 3: u8 body[length] as json;\n"
                                                         "        default: u8 value[length];\n"
                                                         "    }\n"
                                                         "}\n"
                                                         "\n"
                                                         "// A message is any number of items.\n"
                                                         "root Item[];\n")},
        {exampleText("Samples with a checksum"), exampleText("struct Header {\n"
                                                             "    char magic[4] = \"SMP1\";\n"
                                                             "    u64 started unix_ms;\n"
                                                             "    u16 channels;\n"
                                                             "}\n"
                                                             "\n"
                                                             "struct Samples {\n"
                                                             "    Header header;\n"
                                                             "    u32 count;\n"
                                                             "    i16 samples[count][header.channels] scale 1/32768;\n"
                                                             "    u8 extra[remaining - 4];\n"
                                                             "    u32 crc hex;\n"
                                                             "}\n")},
    };
}

} // namespace sockeye
